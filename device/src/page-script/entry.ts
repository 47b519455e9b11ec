import { type FrameApi, globals, type PageApi } from "./api.ts";
import { click } from "./click.ts";
import { fields, watchFields } from "./fields.ts";
import { fill } from "./fill.ts";
import { find, recall } from "./find.ts";
import { content, innerHtml } from "./html.ts";
import { focus, press } from "./keyboard.ts";
import { choose } from "./options.ts";
import { showOverlay } from "./overlay/card.ts";
import { curtain } from "./overlay/host.ts";
import { masksFit } from "./overlay/masks.ts";
import { snapshot } from "./sanitise.ts";
import { one } from "./select.ts";
import { isVisible } from "./states.ts";
import { storage } from "./storage.ts";
import { tellTyped } from "./typed.ts";
import { watch } from "./watch.ts";

const api: PageApi = {
  fields,
  find,
  click: (handle) => click(recall(handle)),
  fill: (handle, value) => fill(recall(handle), value),
  select: (handle, values) => choose(recall(handle), values),
  focus: (handle) => focus(recall(handle)),
  press,
  text: (handle) => recall(handle)?.textContent ?? null,
  attribute(handle, name) {
    const element = recall(handle);
    return element && { value: element.getAttribute(name) };
  },
  html(handle) {
    const element = recall(handle);
    return element && innerHtml(element);
  },
  title: () => document.title,
  content,
  visible(selector, guarded) {
    const found = one(selector, guarded);
    return "kind" in found ? found : found.element !== null && isVisible(found.element);
  },
  watch,
  storage,
  overlay: showOverlay,
  curtain,
  masksFit,
  snapshot,
};

// Document-start scripts run in every frame. Commands belong to the main frame; each one tells of its sensitive fields and
// of what is typed there.
if (!Object.hasOwn(globalThis, globals.api)) {
  const offered: FrameApi = window.top === window ? api : { fields };
  Object.defineProperty(globalThis, globals.api, { value: Object.freeze(offered) });
  watchFields();
  tellTyped();
}
