import { named, unnamed } from "./tokens/answers.ts";
import { documents } from "./tokens/documents.ts";
import type { TokenShape } from "./tokens/shape.ts";
import { storage } from "./tokens/storage.ts";
import { wire } from "./tokens/wire.ts";

export const tokenShapes: readonly TokenShape[] = [...named, ...unnamed, ...documents, ...wire, ...storage];

/** The same for each run: of these nothing may be refused. */
export const harmlessBodies: readonly (readonly [body: unknown, readable: string])[] = [
  [{ user: { password: "Password" } }, "Reset your password"],
  [{ de: { password: "Passwort", otp: "Einmalpasswort" } }, "Einmalpasswort eingeben, Passwort vergessen?"],
  [{ email: "ada@example.org", password: "**********" }, "Card ********** 4242"],
  [{ password: "••••••••" }, "•••••••• change"],
  [{ pin: "not set up", passcode: "configured" }, "Two steps: not set up. Autopay: configured."],
  [{ token: "undefined", secret: "required" }, "This field is required, not undefined"],
  [{ csrfToken: "csrfToken" }, "csrfToken"],
  [{ password: "{{password}}", token: "%token%" }, "the password and token of yours"],
  [{ credentials: "same-origin", authorization: "authenticated" }, "authenticated at the same-origin"],
  [{ password: "2026-11-21T15:04:05Z" }, "changed 2026-11-21T15:04:05Z"],
  [{ credential: "ada@lovelace.example" }, "ada@lovelace.example"],
  [{ password: "/account/reset-password" }, "go to /account/reset-password"],
  [{ "reset-password": "static/js/password.3f2a9c1b.js" }, "static/js/password.3f2a9c1b.js"],
  [{ code: "USD", state: "California", nonce: "once" }, "USD, California"],
  [{ code: "NOT_FOUND", error_code: "insufficient_funds" }, "insufficient_funds NOT_FOUND"],
  [{ orderId: "112-5551234-9981234", access: "read-only" }, "order 112-5551234-9981234 is read-only"],
  [{ tokenCount: 1234567, token_type: "bearer" }, "1234567 of bearer"],
  [{ session: { device: "iPhone 12 Pro", city: "Springfield" } }, "iPhone 12 Pro in Springfield"],
  [{ ticket: "Concert ticket", tickets: ["General admission"] }, "General admission, Concert ticket"],
];
