import { isA } from "./kinds.ts";
import { labelsOf } from "./labels.ts";
import { isSensitive, saysSecret } from "./sensitive.ts";
import { said } from "./words.ts";

const types =
  /^(email|url|search|date|datetime-local|time|week|month|range|color|checkbox|radio|file|hidden|button|submit|reset|image)$/;
const wanted =
  /^(username|email|tel|name|given-name|family-name|nickname|organization|street-address|address|postal|country|bday)/;
const named =
  /user|e.?mail|phone|mobile|login.?id|first.?name|last.?name|full.?name|address|\bcity|\bzip|postal|birth|search|^q$/i;

/**
 * Whether the field is known to be for who somebody is, where they are, or what they look for: no secret. Where its words say a
 * secret too, it is not known.
 */
export function isIdentifier(field: Element): boolean {
  if (saysSecret(field)) return false;
  if (field.matches("[role=searchbox], [type=search]")) return true;
  if (isA(field, "input")) {
    const wants = field.autocomplete.split(/\s+/).at(-1) ?? "";
    if (types.test(field.type) || wanted.test(wants) || named.test(field.name) || named.test(field.id)) return true;
  }
  return labelsOf(field).some((label) => said(label).has("identifier")) || isBeforePassword(field);
}

/** The first field of a form with a password, whatever it is called. */
function isBeforePassword(field: Element): boolean {
  if (!isA(field, "input") || !/^(text|tel)$/.test(field.type) || !field.form) return false;
  const texts = [...field.form.querySelectorAll("input")].filter((one) => /^(text|tel|password)$/.test(one.type));
  const next = texts[1];
  return texts[0] === field && next?.type === "password";
}

/** Whether the field is of a page that asks for a secret. */
export function isNearSensitive(field: Element): boolean {
  const root = field.getRootNode() as Document | ShadowRoot;
  return [root, document].some((where) =>
    [...where.querySelectorAll("input, textarea")].some((one) => isSensitive(one)),
  );
}
