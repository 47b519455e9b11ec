import { afterAll, beforeAll, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";
import { Egress } from "../egress/gate.ts";
import { Telemetry } from "../egress/telemetry.ts";
import { Captures } from "./captures.ts";
import { SensitiveFields } from "./sensitive-fields.ts";

interface Event {
  readonly type: string;
  readonly payload: { readonly url: string; readonly title: string; readonly html: string; readonly data: string };
}

let rig: Rig;
let captures: Captures;
const seen: Event[] = [];
const skipped: string[] = [];
const waiting = new Set<() => void>();

beforeAll(async () => {
  rig = await Rig.open();
  const { page, origins, privacy } = rig;
  const egress = new Egress(privacy);
  egress.attach((text) => {
    seen.push(...(JSON.parse(text).events ?? []));
    for (const check of [...waiting]) check();
    return true;
  });
  const telemetry = new Telemetry(egress);
  telemetry.resume(0);
  const fields = new SensitiveFields(page, privacy);
  captures = new Captures({ page, origins, privacy, fields, egress }, telemetry, (why) => skipped.push(why));
});
afterAll(async () => {
  captures.stop();
  await rig.close();
});

async function next(type: string, url: string): Promise<Event["payload"]> {
  const find = () => seen.find((event) => event.type === type && event.payload.url === url)?.payload;
  const { promise, resolve } = Promise.withResolvers<void>();
  const check = () => find() && resolve();
  waiting.add(check);
  check();
  await promise;
  waiting.delete(check);
  return find() as Event["payload"];
}

const canary = "cAnAry7731";
const typed = `<title>Bills</title><h1 class=big onclick="x('${canary}')">My bills</h1>
  <!-- ${canary} --><script>window.state = "${canary}"</script><script type=application/json>{"a":"${canary}"}</script>
  <style>.x { content: "${canary}" }</style><meta name=csrf content=${canary}><input type=hidden name=csrf value=${canary}>
  <input id=user value=${canary}><textarea>${canary}</textarea><div contenteditable><p>${canary}</p></div>
  <select><option value=${canary}>Two</select><div data-user=${canary} style="background: url(/x?${canary})">Ada</div>
  <a href="/bill?token=${canary}#${canary}">A bill</a><img alt=Logo src="data:text/plain,${canary}" srcset="/${canary} 2x">
  <iframe srcdoc="${canary}"></iframe><template>${canary}</template><noscript>${canary}</noscript>`;

test("a snapshot after each navigation has what shows, and nothing that was typed or kept", async () => {
  captures.configure({ snapshots: { enabled: true, delayMs: 1 } });
  const url = await rig.show(typed);
  const { title, html } = await next("page.snapshot", url);
  expect(title).toBe("Bills");
  expect(html).toContain('<h1 class="big">My bills</h1>');
  expect(html).toContain(`<a href="${rig.site.origin}/bill">A bill</a>`);
  expect(html).toContain("<div>Ada</div>");
  expect(html).not.toContain(canary);
  expect(html).not.toContain("passage-status");
});

test("nothing is captured of a page with a sensitive field, and the next page is again", async () => {
  const before = seen.length;
  await rig.show(`<h1>${canary}</h1><input type=password>`);
  const url = await rig.show("<h1>after</h1>");
  await next("page.snapshot", url);
  expect(JSON.stringify(seen.slice(before))).not.toContain(canary);
});

test("pictures come at intervals, as jpeg", async () => {
  const url = await rig.show("<title>Home</title><h1>x</h1>");
  captures.configure({ screenshots: { enabled: true, intervalMs: 50 } });
  const { title, data } = await next("page.screenshot", url);
  expect(title).toBe("Home");
  expect(Buffer.from(data, "base64").subarray(0, 2).toString("hex")).toBe("ffd8");
});

test("a page that is too large is left out, and said so", async () => {
  captures.configure({ snapshots: { enabled: true, delayMs: 1 } });
  await rig.show(`<p>${"x".repeat(1_700_000)}</p>`);
  await next("page.snapshot", await rig.show("<h1>small</h1>"));
  expect(skipped.filter((why) => !/too large/.test(why)).every((why) => /page_gone/.test(why))).toBe(true);
});
