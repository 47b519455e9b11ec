import { type Failure, globals, type PageApi, type Retry } from "./api.ts";
import { takeClosedRoots } from "./closed-roots.ts";
import { codeRan, hasRunCode } from "./code-ran.ts";
import { armCommit, commitProblem } from "./commit.ts";
import { deselect, listenToClipboard, showBlank } from "./deselect.ts";
import { extract } from "./extract.ts";
import { watchFields } from "./fields.ts";
import { fill, holds, selectText } from "./fill.ts";
import { find, reveal } from "./find.ts";
import { checked, setFiles, value } from "./form.ts";
import { recall } from "./handles.ts";
import { expectHit, type HitProof, hitProof, listen, pressed, received } from "./hit-proof.ts";
import { listenToHoldOff } from "./hold-off.ts";
import { content, innerHtml, innerText } from "./html.ts";
import { focus, insertText, press } from "./keyboard.ts";
import { keepListening } from "./listening.ts";
import { nextTask } from "./moments.ts";
import { choose } from "./options.ts";
import { done, foreign, notActionable, read, replaced } from "./outcomes.ts";
import { showOverlay } from "./overlay/card.ts";
import { curtain } from "./overlay/curtain.ts";
import { masksFit } from "./overlay/masks.ts";
import { listenToPresses } from "./overlay/presses.ts";
import { drawnTexts } from "./overlay/texts.ts";
import { announceKeys, announcePresses, listenToOwners, type Owners, ownedFailure, owners } from "./ownership.ts";
import { click, hover } from "./pointer.ts";
import { request } from "./request.ts";
import { control } from "./retarget.ts";
import { snapshot } from "./sanitise.ts";
import { all, one } from "./select.ts";
import { isVisible } from "./states.ts";
import { storage, storedValue } from "./storage.ts";
import { report, tellTyped } from "./typed.ts";
import { watch } from "./watch.ts";

const api: PageApi & {
  readonly hitProof: HitProof;
  readonly owners: Owners;
  hasRunCode(): boolean;
} = {
  fields: report,
  find,
  reveal,
  element: recall,
  hitProof,
  owners,
  hasRunCode,
  codeRan() {
    codeRan();
    return done;
  },
  deselect,
  expectHit(handle, kind, presses = 0, commit = false) {
    if (handle === null) {
      expectHit(null, kind);
      return done;
    }
    return touching(handle, (element) => {
      const problem = commit ? commitProblem(element) : null;
      if (problem) return notActionable(problem);
      if (presses > 0) announcePresses(element, presses);
      expectHit(element, kind, commit ? () => commitProblem(element) : null);
      return done;
    });
  },
  pressed,
  armCommit: (handle, wanted, guarded) => {
    const element = recall(handle);
    return element ? armCommit(element, wanted, guarded) : replaced;
  },
  announcePresses: (handle, count) =>
    touching(handle, (element) => {
      announcePresses(element, count);
      return done;
    }),
  announceKeys: (entries) => announceKeys(entries) ?? done,
  received: (handle) => received(handle === null ? null : recall(handle)),
  click: async (handle, how) => touching(handle, (element) => click(element, how)),
  hover: (handle, how) => touching(handle, (element) => hover(element, how)),
  fill: (handle, text) => touching(handle, (element) => fill(element, text)),
  holds: (handle, text, kind = null) => holds(recall(handle), text, kind),
  keeps(selector, text, kind, guarded) {
    const found = one(selector, guarded);
    if ("frame" in found) return foreign(found);
    if ("kind" in found) return found;
    return read(found.element === null || holds(control(found.element), text, kind));
  },
  select: (handle, values) => touching(handle, (element) => choose(element, values)),
  checked: (handle) => checked(recall(handle)),
  setFiles: (handle, files) => touching(handle, (element) => setFiles(element, files)),
  focus: (handle) => touching(handle, focus),
  selectText: (handle) => touching(handle, selectText),
  press,
  insertText,
  text: (handle) => touching(handle, (element) => read(element.textContent ?? "")),
  innerText: (handle) => touching(handle, innerText),
  attribute: (handle, name) => touching(handle, (element) => read(element.getAttribute(name))),
  value: (handle) => touching(handle, value),
  html: (handle) => touching(handle, (element) => read(innerHtml(element))),
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
  storedValue,
  overlay: showOverlay,
  blank: showBlank,
  takeClosedRoots,
  drawnTexts,
  curtain,
  masksFit,
  snapshot,
};

/** Acts on the element, or reads of it, unless what it holds is not the automation's. */
function touching<T>(handle: number, act: (element: Element) => T): T | Retry | Failure {
  const element = recall(handle);
  if (!element) return replaced;
  return ownedFailure(control(element)) ?? act(element);
}

// Document-start scripts run in every frame: each one reports its sensitive fields and of what is typed there, and the
// host may enter it.
if (!Object.hasOwn(globalThis, globals.api)) {
  Object.defineProperty(globalThis, globals.api, { value: Object.freeze(api) });
  for (const listenTo of [listenToOwners, listenToHoldOff, listenToClipboard, listen]) keepListening(listenTo);
  watchFields();
  tellTyped();
  keepListening(listenToPresses);
}
