import { type PageParts, records, type Tokens } from "../template.ts";

export const shell = (head: string, { subject, main, passwordForm }: PageParts, script: string) =>
  `<html lang=en><head><meta charset=utf-8><title>${subject.heading}</title>${head}</head>
  <body><nav><a href=/bills>Bills</a> <a href=/orders>Orders</a> <a href=/usage>Usage</a> <a href=/profile>Account</a></nav>
  ${main}${passwordForm}<script type=module>${script}</script></body></html>`;
/** Calls the API with the bearer token that `token` is, and draws what `rows` of the response is. */
export const byBearer = (token: string, rows = "body.items") =>
  `const token = await (${token}); const body = await (await fetch(api, { headers: { authorization: "Bearer " + token } })).json(); draw(${rows})`;
export const changePassword = (names: readonly string[]) =>
  `<div role=dialog aria-hidden=true style="display:none"><form>${names.map((name) => `<input type=password name="${name}" placeholder="${name}">`).join("")}</form></div>`;
export const items = (subject: PageParts["subject"]) => ({
  items: records(subject),
  page: 1,
  total: subject.rows.length,
});
export const oauth = (tokens: Tokens) => ({
  access_token: tokens.jwt({ aud: "api", sub: "auth0|64f0", scope: "read:bills" }),
  id_token: tokens.jwt({ aud: "web", name: "Ada Lovelace", email: "ada@example.org" }),
  refresh_token: `v1.${tokens.base64url(40)}`,
  expires_in: 86_400,
  token_type: "Bearer",
});
