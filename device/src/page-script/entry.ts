import { globals, type PageApi } from "./api.ts";
import { extract } from "./extract.ts";
import { watchFields } from "./fields.ts";
import { fill, holds, selectText } from "./fill.ts";
import { find, reveal } from "./find.ts";
import { checked, setFiles, value } from "./form.ts";
import { recall } from "./handles.ts";
import { expectHit, type HitProof, hitProof, listen, received } from "./hit-proof.ts";
import { content, innerHtml, innerText } from "./html.ts";
import { focus, insertText, press } from "./keyboard.ts";
import { keepListening } from "./listening.ts";
import { nextTask } from "./moments.ts";
import { choose } from "./options.ts";
import { done, foreign, read, replaced } from "./outcomes.ts";
import { showOverlay } from "./overlay/card.ts";
import { curtain } from "./overlay/host.ts";
import { masksFit } from "./overlay/masks.ts";
import { click, hover } from "./pointer.ts";
import { request } from "./request.ts";
import { snapshot } from "./sanitise.ts";
import { all, one } from "./select.ts";
import { isVisible } from "./states.ts";
import { storage } from "./storage.ts";
import { report, tellTyped } from "./typed.ts";
import { watch } from "./watch.ts";

const api: PageApi & { readonly hitProof: HitProof } = {
  fields: report,
  find,
  reveal,
  element: recall,
  hitProof,
  expectHit(handle, kind) {
    const element = handle === null ? null : recall(handle);
    if (handle !== null && !element) return replaced;
    expectHit(element, kind);
    return done;
  },
  received: (handle) => received(handle === null ? null : recall(handle)),
  click: (handle, how) => click(recall(handle), how),
  hover: (handle, how) => hover(recall(handle), how),
  fill: (handle, text) => fill(recall(handle), text),
  holds: (handle, text, isWhole = false) => holds(recall(handle), text, isWhole),
  select: (handle, values) => choose(recall(handle), values),
  checked: (handle) => checked(recall(handle)),
  setFiles: (handle, files) => setFiles(recall(handle), files),
  focus: (handle) => focus(recall(handle)),
  selectText: (handle) => selectText(recall(handle)),
  press,
  insertText,
  text: (handle) => recall(handle)?.textContent ?? null,
  innerText: (handle) => innerText(recall(handle)),
  attribute(handle, name) {
    const element = recall(handle);
    return element && { value: element.getAttribute(name) };
  },
  value: (handle) => value(recall(handle)),
  html(handle) {
    const element = recall(handle);
    return element && innerHtml(element);
  },
  async turn() {
    await nextTask();
    await nextTask();
    return done;
  },
  title: () => document.title,
  content,
  visible(selector, guarded) {
    const found = one(selector, guarded);
    if ("frame" in found) return foreign(found);
    return "kind" in found ? found : read(found.element !== null && isVisible(found.element));
  },
  count(selector, guarded) {
    const found = all(selector, guarded);
    if ("frame" in found) return foreign(found);
    return "kind" in found ? found : read(found.elements.length);
  },
  extract,
  request,
  watch,
  storage,
  overlay: showOverlay,
  curtain,
  masksFit,
  snapshot,
};

// Document-start scripts run in every frame: each one tells of its sensitive fields and of what is typed there, and the
// host may enter it.
if (!Object.hasOwn(globalThis, globals.api)) {
  Object.defineProperty(globalThis, globals.api, { value: Object.freeze(api) });
  keepListening(listen);
  watchFields();
  tellTyped();
}
