import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
  rig.site.page(
    "/pay",
    `<div style="height:120px"></div><button style="margin-left:200px;width:60px;height:30px" onclick="out.textContent = 'clicked'">Pay</button><p id=out>no</p>`,
  );
  rig.site.answer("/framed", (request, response) => {
    const { searchParams } = new URL(request.url ?? "", rig.site.origin);
    response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html>
      <div style="height:${searchParams.get("gap")}px"></div>
      <iframe src="${searchParams.get("src")}" style="width:${searchParams.get("width")}px;height:300px"></iframe>`);
  });
});
afterAll(() => rig.close());

/** The address on another site: `localhost` is one, and so is each name under it. */
const on = (host: string, path: string) => rig.site.origin.replace("127.0.0.1", host) + path;
const framed = (host: string, src: string, gap: number, width: number) =>
  on(host, `/framed?${new URLSearchParams({ src, gap: String(gap), width: String(width) })}`);

async function pays(frames: string): Promise<void> {
  expect((await rig.run("click", { selector: `${frames}role=button[name='Pay']` })).error).toBe(undefined);
  expect((await rig.run("textContent", { selector: `${frames}#out` })).result).toEqual({ text: "clicked" });
}

const styles = [
  ["scaled down", "transform:scale(.5);transform-origin:0 0"],
  ["scaled up", "transform:scale(1.25);transform-origin:0 0"],
  ["zoomed in", "zoom:1.3"],
  ["zoomed out", "zoom:.8"],
  ["turned", "transform:rotate(25deg) skewX(10deg)"],
  ["in perspective", "transform:perspective(600px) rotateY(25deg)"],
] as const;

describe("a click reaches the element in a frame of the same origin that is", () => {
  test.each(styles)("%s", async (_title, style) => {
    const frame = `<iframe style="width:400px;height:300px;border:5px solid;padding:7px" src="/pay"></iframe>`;
    await rig.show(`<div style="margin:150px 0 0 60px;${style}">${frame}</div>`);
    await pays("frame=iframe >> ");
    await rig.show(
      `<div style="${style}"><iframe style="width:500px;height:400px;${style}" srcdoc='${frame}'></iframe></div>`,
    );
    await pays("frame=iframe >> frame=iframe >> ");
  });

  test("below the fold, within another one", async () => {
    const middle = framed("127.0.0.1", "/pay", 900, 300);
    await rig.show(`<div style="height:2000px"></div><iframe src="${middle}" width=380 height=200></iframe>`);
    await pays("frame=iframe >> frame=iframe >> ");
  });
});

describe("a click reaches the element in a frame of another site that is", () => {
  test.each(styles)("%s", async (_title, style) => {
    const src = on("other.localhost", "/pay");
    await rig.show(
      `<div style="margin:150px 0 0 60px;${style}"><iframe style="width:400px;height:300px" src="${src}"></iframe></div>`,
    );
    await pays("frame=iframe >> ");
  });

  test.each([
    ["a third site's", "b.localhost", "c.localhost"],
    ["of the same site as its parent", "b.localhost", "b.localhost"],
    ["of the page's own site again", "b.localhost", "127.0.0.1"],
    ["in one of the page's own", "127.0.0.1", "c.localhost"],
  ])("below the fold, within another one, and %s", async (_title, outer, inner) => {
    const middle = framed(outer, on(inner, "/pay"), 700, 360);
    await rig.show(`<div style="height:1500px"></div><iframe src="${middle}" width=400 height=300></iframe>`);
    await pays("frame=iframe >> frame=iframe >> ");
  });
});
