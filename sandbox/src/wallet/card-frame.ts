import { Hono } from "hono";
import { html, raw } from "hono/html";
import type { Env } from "../env.ts";
import { script } from "../site/app.ts";
import { type Brand, originOf } from "../site/brand.ts";
import { styleOf } from "../site/style.ts";
import { Tokens } from "../tokens.ts";

/** What the site learns of a card that was typed into the frame. */
export type TypedCard = { brand: string; lastFour: string; expirationDate: string; isRefused: boolean };

export const typedCards = new Tokens<TypedCard>("wallet-card", 600);

/** The payment host: the form that the site shows in a frame, so that a card number never reaches the site itself. */
export function cardFrame(brand: Brand): Hono<{ Bindings: Env }> {
  const host = new Hono<{ Bindings: Env }>();
  host.get("/card-form", (context) => {
    const site = originOf(brand, "www", context.req.url);
    context.header("Content-Security-Policy", `frame-ancestors ${site}`);
    return context.html(cardForm(brand, site));
  });
  host.get("/static/card-form.js", script(cardFormScript));
  host.post("/cards", async (context) => {
    const typed: Record<string, unknown> = await context.req.json().catch(() => ({}));
    const problem = problemOf(String(typed.number ?? ""), String(typed.expiry ?? ""), String(typed.cvv ?? ""));
    if (problem) return context.json({ error: problem }, 422);
    const number = String(typed.number).replace(/\D/g, "");
    const card: TypedCard = {
      brand: brandOf(number),
      lastFour: number.slice(-4),
      expirationDate: String(typed.expiry),
      isRefused: number === "4000000000000002",
    };
    const token = await typedCards.issue(context.env, card);
    return context.json({ token, brand: card.brand, lastFour: card.lastFour });
  });
  return host;
}

/** What is wrong with the three fields, for the person; null when nothing is. */
export function problemOf(typedNumber: string, expiry: string, cvv: string, now = new Date()): string | null {
  const number = typedNumber.replace(/[\s-]/g, "");
  if (!/^\d{13,19}$/.test(number) || !hasCheckDigit(number)) return "Check the card number.";
  const [, month, year] = /^(0[1-9]|1[0-2])\/(\d{2})$/.exec(expiry) ?? [];
  if (!month || !year) return "Enter the expiration date as MM/YY.";
  if (new Date(Date.UTC(2000 + Number(year), Number(month), 1)) <= now) return "This card has expired.";
  return /^\d{3,4}$/.test(cvv) ? null : "Check the security code.";
}

function hasCheckDigit(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function brandOf(number: string): string {
  if (number.startsWith("4")) return "Visa";
  if (/^5[1-5]/.test(number)) return "Mastercard";
  return /^3[47]/.test(number) ? "American Express" : "Card";
}

function cardForm(brand: Brand, site: string) {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Card details</title>
  <link rel="icon" href="data:,">
  <style>${raw(styleOf(brand))}
    body { min-height: 0; background: none; }
    .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
    .fields > :first-child { grid-column: 1 / -1; }</style>
</head>
<body>
  <form id="card-form" class="fields" data-site="${site}" novalidate>
    <div><label for="card-number">Card number</label>
      <input id="card-number" autocomplete="cc-number" inputmode="numeric" placeholder="1234 1234 1234 1234"></div>
    <div><label for="card-expiry">Expires</label>
      <input id="card-expiry" autocomplete="cc-exp" inputmode="numeric" placeholder="MM/YY" maxlength="5"></div>
    <div><label for="card-cvv">Security code</label>
      <input id="card-cvv" autocomplete="cc-csc" inputmode="numeric" placeholder="CVV" maxlength="4"></div>
  </form>
  <script src="/static/card-form.js"></script>
</body>
</html>`;
}

/** The page around asks for a token; it gets that or an error, never what was typed. */
const cardFormScript = String.raw`
const form = document.getElementById("card-form");
const field = (id) => document.getElementById(id);

field("card-number").addEventListener("input", ({ target }) => {
  target.value = target.value.replace(/\D/g, "").slice(0, 19).replace(/(.{4})(?=.)/g, "$1 ");
});
field("card-expiry").addEventListener("input", ({ target, inputType }) => {
  const digits = target.value.replace(/\D/g, "").slice(0, 4);
  const isDone = digits.length > 2 || (digits.length === 2 && inputType !== "deleteContentBackward");
  target.value = isDone ? digits.slice(0, 2) + "/" + digits.slice(2) : digits;
});
form.addEventListener("submit", (event) => event.preventDefault());

addEventListener("message", async ({ origin, data, source }) => {
  if (origin !== form.dataset.site || data?.type !== "tokenize") return;
  const typed = { number: field("card-number").value, expiry: field("card-expiry").value, cvv: field("card-cvv").value };
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(typed) };
  const answer = await fetch("/cards", init).then((response) => response.json())
    .catch(() => ({ error: "We couldn't reach the payment service. Please try again." }));
  source.postMessage({ type: "tokenized", ...answer }, origin);
});
parent.postMessage({ type: "ready" }, form.dataset.site);
`;
