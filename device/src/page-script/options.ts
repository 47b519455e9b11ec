import type { Failure, Read, Retry } from "./api.ts";
import { isA } from "./kinds.ts";
import { notActionable, read, replaced, retry } from "./outcomes.ts";
import { wroteByScript } from "./ownership.ts";
import { isEnabled } from "./states.ts";

/** See {@link PageApi.select}. Options that are not there may still come: their lack is a retry. */
export function choose(element: Element | null, values: readonly string[]): Read<string[]> | Retry | Failure {
  if (!element) return replaced;
  if (!isA(element, "select")) return notActionable("The element is not a select");
  const options = [...element.options];
  const asked = options.filter((option) => values.some((value) => isCalled(option, value)));
  const wanted = element.multiple ? asked : asked.slice(0, 1);
  const missing = values.some((value) => !asked.some((option) => isCalled(option, value)));
  if (element.multiple ? missing : values.length > 0 && wanted.length === 0)
    return retry("the select has no option with that value or label", true);
  if (!wanted.every(isChoosable)) return retry("the option is disabled", true);
  element.focus({ preventScroll: true });
  if (wanted.length === 0) element.selectedIndex = -1;
  for (const option of options)
    if (option.selected !== wanted.includes(option)) option.selected = wanted.includes(option);
  wroteByScript(element);
  element.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
  return read(wanted.map((option) => option.value));
}

function isCalled(option: HTMLOptionElement, value: string): boolean {
  return option.value === value || normalised(option.label) === normalised(value);
}

function normalised(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function isChoosable(option: HTMLOptionElement): boolean {
  const group = option.parentElement;
  return isEnabled(option) && !(isA(group, "optgroup") && group.disabled);
}
