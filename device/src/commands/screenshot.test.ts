import { afterAll, beforeAll, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

const red = "<style>body { margin: 0; background: #f00 }</style>";
const overlayShows = "document.querySelector('passage-status')?.matches(':popover-open')";

/** The colours of a picture, read in a page of its own. */
async function colours(data: string, format: string): Promise<string[]> {
  await rig.show("<canvas></canvas>");
  return (await rig.value(`(async () => {
    const picture = Object.assign(new Image(), { src: "data:image/${format};base64,${data}" });
    await picture.decode();
    const { width, height } = picture;
    const canvas = Object.assign(document.querySelector("canvas"), { width, height }).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    const { data } = canvas.getImageData(0, 0, width, height);
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4) seen.add([...data.slice(at, at + 3)].join());
    return [...seen];
  })()`)) as string[];
}

test("is of what shows, in CSS pixels, without the overlay, which comes back", async () => {
  await rig.show(red);
  await rig.until(overlayShows);
  const { result } = await rig.run("screenshot", {});
  const [width, height] = (await rig.value("[innerWidth, innerHeight]")) as number[];
  expect(result).toMatchObject({ format: "png", width, height });
  await rig.until("getComputedStyle(document.querySelector('passage-status')).visibility === 'visible'");
  expect(await colours(result.data, "png")).toEqual(["255,0,0"]);
});

test("fullPage is the whole page, as jpeg", async () => {
  await rig.show(`${red}<div style="height: 3000px"></div>`);
  const { result } = await rig.run("screenshot", { format: "jpeg", quality: 60, fullPage: true });
  expect(result).toMatchObject({ format: "jpeg", height: 3000 });
  expect((await colours(result.data, "jpeg")).length).toBeLessThan(3);
});

test("a picture over the frame's limit says what to do", async () => {
  await rig.show(`<canvas id=c width=1200 height=1200></canvas><script>
    const context = c.getContext("2d"), noise = context.createImageData(1200, 1200);
    for (let at = 0; at < noise.data.length; at++) noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
    context.putImageData(noise, 0, 0);
  </script>`);
  const { error } = await rig.run("screenshot", { fullPage: true });
  expect(error).toMatchObject({ code: "payload_too_large", message: expect.stringContaining("take it as jpeg") });
});

test("a plain webview without pictures says so", async () => {
  const plain = await Rig.open({ plain: true });
  expect((await plain.run("screenshot", {})).error?.code).toBe("unsupported_command");
  await plain.close();
});
