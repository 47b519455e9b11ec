import type { Done, Failure, GivenFile, Read, Retry } from "./api.ts";
import { describe } from "./describe.ts";
import { isA } from "./kinds.ts";
import { done, notActionable, read, replaced } from "./outcomes.ts";
import { control } from "./retarget.ts";
import { isSensitive } from "./sensitive.ts";

type Checked = { readonly checked: boolean; readonly radio: boolean };

/** See {@link PageApi.checked}. */
export function checked(found: Element | null): Read<Checked> | Retry | Failure {
  if (!found) return replaced;
  const element = control(found);
  if (isA(element, "input") && (element.type === "checkbox" || element.type === "radio"))
    return read({ checked: element.checked, radio: element.type === "radio" });
  const role = element.getAttribute("role") ?? "";
  if (/^(checkbox|radio|switch|menuitemcheckbox|menuitemradio|option|treeitem)$/.test(role))
    return read({ checked: element.getAttribute("aria-checked") === "true", radio: false });
  return notActionable(`${describe(element)} is not a checkbox or radio button`);
}

/** See {@link PageApi.value}. */
export function value(found: Element | null): Read<string> | Retry | Failure {
  if (!found) return replaced;
  const element = control(found);
  if (!isA(element, "input") && !isA(element, "textarea") && !isA(element, "select"))
    return notActionable(`${describe(element)} is not an input, textarea or select`);
  if (!isSensitive(element)) return read(element.value);
  return { kind: "failed", code: "blocked_private", message: `What is in ${describe(element)} stays on the device` };
}

/** See {@link PageApi.setFiles}. A script cannot name a path, but it can make files. */
export function setFiles(found: Element | null, files: readonly GivenFile[]): Done | Retry | Failure {
  if (!found) return replaced;
  const element = control(found);
  if (!isA(element, "input") || element.type !== "file")
    return notActionable(`${describe(element)} is not an input of type file`);
  if (element.webkitdirectory) return notActionable("The input takes a folder");
  if (files.length > 1 && !element.multiple) return notActionable("The input takes one file");
  const transfer = new DataTransfer();
  for (const { name, mimeType, data } of files) {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type: mimeType }));
  }
  element.files = transfer.files;
  element.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
  return done;
}
