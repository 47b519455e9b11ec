import type { Failure, Retry } from "./api.ts";

type Chosen = { readonly kind: "done"; readonly value: string[] };

/** See {@link PageApi.select}. Options that are not there may still come: their lack is a retry. */
export function choose(element: Element | null, values: readonly string[]): Chosen | Retry | Failure {
  if (!element) return { kind: "retry", reason: "the element was replaced", found: true };
  if (!(element instanceof HTMLSelectElement)) return failed("The element is not a select");
  if (!element.multiple && values.length !== 1) return failed("The select takes one value");
  const wanted = new Set<HTMLOptionElement>();
  for (const value of values) {
    const option = find(element, value);
    if (!option) return retry("the select has no option with that value or label");
    if (isDisabled(option)) return retry("the option is disabled");
    wanted.add(option);
  }
  element.focus({ preventScroll: true });
  for (const option of element.options)
    if (option.selected !== wanted.has(option)) option.selected = wanted.has(option);
  element.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
  return { kind: "done", value: [...element.selectedOptions].map((option) => option.value) };
}

function find(select: HTMLSelectElement, value: string): HTMLOptionElement | undefined {
  const options = [...select.options];
  return options.find((one) => one.value === value) ?? options.find((one) => one.label.trim() === value.trim());
}

function isDisabled(option: HTMLOptionElement): boolean {
  const group = option.parentElement;
  return option.disabled || (group instanceof HTMLOptGroupElement && group.disabled);
}

function retry(reason: string): Retry {
  return { kind: "retry", reason, found: true };
}

function failed(message: string): Failure {
  return { kind: "failed", code: "not_actionable", message };
}
