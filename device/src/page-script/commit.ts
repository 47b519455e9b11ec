import type { CommitField, Done, Failure } from "./api.ts";
import { holdsExactly } from "./held-value.ts";
import { isA } from "./kinds.ts";
import { done, notActionable } from "./outcomes.ts";
import { control, pressable } from "./retarget.ts";
import { one } from "./select.ts";

/** The press that the person is asked about: of this button, in this document, with the form as it is. */
interface Armed {
  readonly button: Element;
  readonly fields: readonly CommitField[];
  readonly guarded: boolean;
  readonly form: Element | null;
  readonly sends: string;
}

let armed: Armed | null = null;

/** See {@link PageApi.armCommit}. */
export function armCommit(button: Element, fields: readonly CommitField[], guarded: boolean): Done | Failure {
  armed = null;
  if (!fields.every((field) => isHeld(field, guarded))) return notActionable(lost);
  armed = { button, fields, guarded, form: formOf(pressable(button)), sends: sent(button, fields, guarded) };
  return done;
}

/** Why a press of the element now is not the one that the person was asked about; null when it is. */
export function commitProblem(element: Element): string | null {
  if (armed?.button !== element || !element.isConnected)
    return "The button is not the one that the person was asked about";
  const { fields, guarded, form, sends } = armed;
  if (!fields.every((field) => isHeld(field, guarded))) return lost;
  const isSame = formOf(pressable(element)) === form && sent(element, fields, guarded) === sends;
  return isSame ? null : "The button would send something else than when the person was asked";
}

const lost = "A field no longer holds what the person was asked about";

/** A field that is not there is not asked; one in a frame of another origin the device asks itself. */
function isHeld({ selector, value, kind }: CommitField, guarded: boolean): boolean {
  const found = one(selector, guarded);
  if ("frame" in found) return true;
  return !("kind" in found) && (found.element === null || holdsExactly(control(found.element), value, kind));
}

/** Where the button sends its form, and what the form has under the names of the fields. Nothing of it leaves the page. */
function sent(button: Element, fields: readonly CommitField[], guarded: boolean): string {
  const pressed = pressable(button);
  const form = formOf(pressed);
  const found = fields.map(({ selector }) => {
    const field = one(selector, guarded);
    return "element" in field && field.element ? control(field.element) : null;
  });
  const names = new Set(found.map((field) => field?.getAttribute("name")).filter(Boolean));
  const alike = [...(isA(form, "form") ? form.elements : [])].filter((one) => names.has(one.getAttribute("name")));
  const targets = ["formaction", "formmethod", "formtarget", "formenctype", "type", "name", "value", "href", "target"];
  return JSON.stringify([
    ...targets.map((name) => pressed.getAttribute(name)),
    ...["action", "method", "target", "enctype"].map((name) => form?.getAttribute(name)),
    ...found.map((field) => field && [formOf(field) === form, field.matches(":disabled"), field.getAttribute("name")]),
    ...alike.map((one) => [
      one.localName,
      one.matches(":disabled"),
      one.matches(":checked"),
      Reflect.get(one, "value"),
    ]),
  ]);
}

function formOf(element: Element | null): Element | null {
  if (isA(element, "input") || isA(element, "button") || isA(element, "textarea")) return element.form;
  return element?.closest("form") ?? null;
}
