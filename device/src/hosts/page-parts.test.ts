import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Person } from "../../test/person.ts";
import { hostUnderTest, Rig } from "../../test/rig.ts";

/**
 * Workers and worklets of every kind, started from every kind of document. Most of the table runs without a debugging port:
 * Playwright at that port would release what the device holds, and so hide it.
 */
const says = (text: string) => `postMessage(${JSON.stringify(text)})`;

/** The scripts of the workers and worklets, by path. */
const sources: Readonly<Record<string, string>> = {
  "/worker.js": says("ran"),
  "/module.js": `import "/imported.js"; ${says("ran")}`,
  "/imported.js": "",
  "/nested.js": "const inner = new Worker('/worker.js'); inner.onmessage = (event) => postMessage(event.data)",
  "/nested-twice.js": "const inner = new Worker('/nested.js'); inner.onmessage = (event) => postMessage(event.data)",
  "/fetching.js": "fetch('/data').then((answer) => answer.text()).then(postMessage)",
  "/shared.js": "onconnect = ({ ports: [port] }) => port.postMessage('ran')",
  "/service.js":
    "oninstall = () => skipWaiting(); onactivate = () => clients.claim(); onmessage = ({ source }) => source.postMessage('ran')",
  "/audio.js":
    "registerProcessor('one', class extends AudioWorkletProcessor { constructor() { super(); this.port.postMessage('ran') } process() { return false } })",
  "/paint.js": "registerPaint('one', class { paint() {} })",
};

/** How a document starts each kind. The expression resolves to the word that the script posted. */
const kinds: Readonly<Record<string, string>> = {
  "dedicated worker": "heard(new Worker('/worker.js'))",
  "module worker": "heard(new Worker('/module.js', { type: 'module' }))",
  "worker from a blob": "heard(new Worker(URL.createObjectURL(new Blob([`postMessage('ran')`]))))",
  "worker from a data address": "heard(new Worker(`data:text/javascript,postMessage('ran')`))",
  "worker in a worker": "heard(new Worker('/nested.js'))",
  "worker in a worker in a worker": "heard(new Worker('/nested-twice.js'))",
  "worker that asks the site": "heard(new Worker('/fetching.js'))",
  "shared worker": "heard(new SharedWorker('/shared.js?' + location.pathname).port)",
  "service worker":
    "navigator.serviceWorker.register('/service.js', { scope: '/' + Math.random() }).then(({ installing }) => { installing.postMessage(''); return heard(navigator.serviceWorker) })",
  "audio worklet":
    "(async () => { const audio = new OfflineAudioContext(1, 128, 44100); await audio.audioWorklet.addModule('/audio.js'); return heard(new AudioWorkletNode(audio, 'one').port) })()",
  "paint worklet": "CSS.paintWorklet.addModule('/paint.js').then(() => 'ran')",
};

/**
 * Starts every kind and posts what came of it to the main page. The document's first request comes before: under load, Chromium
 * 156 loses workers that a popup starts at once, without a debugger too (15 of 416 popups; after a request, 0 of 256).
 */
const starter = `<script>
  const heard = (source) => new Promise((done, fail) => {
    source.onmessage = (event) => done(event.data);
    source.onerror = () => fail(new Error("failed"));
    source.start?.();
  });
  const report = (kind, word) => (top.opener ?? top).postMessage({ kind, word }, "*");
  const kinds = { ${Object.entries(kinds)
    .map(([name, start]) => `${JSON.stringify(name)}: () => ${start}`)
    .join(",\n")} };
  fetch("/data").then(() => {
    for (const [kind, start] of Object.entries(kinds))
      Promise.resolve().then(start).then((word) => report(kind, word), (error) => report(kind, String(error)));
  });
</script>`;

const opens = (address: string) =>
  `<button id=open onclick="open('${address}', '', 'width=300,height=300')">Open</button>`;

/** The HTML of the main page, from which the document with the starter comes to be. `other` is the origin of another site. */
const places: Readonly<Record<string, (other: string) => string>> = {
  page: () => starter,
  "frame of the same site": () => "<iframe src=/starter></iframe>",
  "frame of another site": (other) => `<iframe src="${other}/starter"></iframe>`,
  "frame in a frame of another site": (other) => `<iframe src="${other}/framing"></iframe>`,
  "frame without an address": () => `<iframe srcdoc='${starter.replaceAll("'", "&#39;")}'></iframe>`,
  popup: () => opens("/starter"),
  "popup of another site": (other) => opens(`${other}/starter`),
  "frame of another site in a popup": (other) => opens(`${other}/framed`),
};

/** The other hosts enter no frames: there, the places differ less. */
const tables =
  hostUnderTest === "chromium"
    ? [
        { beside: "nobody beside the device", names: Object.keys(places) },
        { beside: "a debugger beside the device", names: ["page", "frame of another site", "popup"] },
      ]
    : [{ beside: "nobody beside the device", names: ["page", "popup"] }];

describe.each(tables)("$beside", ({ beside, names }) => {
  let rig: Rig;
  let person: Person | null = null;
  let other: string;
  beforeAll(async () => {
    rig = await Rig.open(beside.startsWith("nobody") ? {} : { cdpPort: 0 });
    if (rig.host.cdpPort !== null) person = await Person.at(rig.host.cdpPort);
    for (const [path, source] of Object.entries(sources))
      rig.site.answer(path, (_request, response) =>
        response.writeHead(200, { "content-type": "text/javascript" }).end(source),
      );
    other = rig.site.origin.replace("127.0.0.1", "localhost");
    rig.site.answer("/data", (_request, response) => response.end("ran"));
    rig.site.page("/starter", starter);
    rig.site.page("/framed", `<iframe src="${rig.site.origin}/starter"></iframe>`);
    rig.site.page("/framing", `<iframe src="${other}/starter"></iframe>`);
  });
  afterAll(async () => {
    await person?.leave();
    await rig.close();
  });

  describe.each(names)("from a %s", (place) => {
    beforeAll(async () => {
      await rig.show(`<ul id=out></ul><script>
        addEventListener("message", ({ data: { kind, word } }) => {
          out.append(Object.assign(document.createElement("li"), { title: kind, textContent: word }));
        });
      </script>${places[place]?.(other)}`);
      if (place.includes("popup")) await rig.run("click", { selector: "#open" });
    });

    test.each(Object.keys(kinds))("%s runs", async (kind) => {
      const { result, error } = await rig.run("textContent", { selector: `li[title="${kind}"]`, timeout: 10_000 });
      expect(result?.text ?? error?.message).toBe("ran");
    });
  });
});
