import type { PageParts } from "../template.ts";

export const layout = (head: string, { subject, main, passwordForm }: PageParts, rest = "") =>
  `<html lang=en><head><meta charset=utf-8><title>${subject.heading}</title>${head}</head>
  <body><nav><a href=/bills>Bills</a> <a href=/orders>Orders</a> <a href=/usage>Usage</a> <a href=/profile>Account</a></nav>
  <main>${main}</main>${passwordForm}${rest}</body></html>`;
export const hidden = (name: string, value: string) => `<input type=hidden name="${name}" value="${value}">`;
/** A dialog that nobody has opened. */
export const dialog = (action: string, fields: string) =>
  `<dialog><form method=post action="${action}"><h2>Change your password</h2>${fields}<button>Save</button></form></dialog>`;
/** A section that is folded. */
export const folded = (action: string, fields: string) =>
  `<details><summary>Password</summary><form method=post action="${action}">${fields}<button>Change password</button></form></details>`;
export const password = (name: string, label: string, more = "") =>
  `<label>${label} <input type=password name="${name}" ${more}></label>`;
