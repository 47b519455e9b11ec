import { expect, test } from "vitest";
import { enterCode, enterPassword, type SignIn as ReaderSignIn } from "./apple-review/sign-in.ts";
import { brands } from "./brands.ts";
import { sandboxTable } from "./scenarios.ts";
import * as carrier from "./sign-in/steps.ts";
import * as ubereats from "./ubereats/sign-in.ts";

const sites = new Map(sandboxTable.groups.flatMap((group) => group.sites.map((site) => [site.provider, site])));
const entersOf = (provider: string) => sites.get(provider)?.enters ?? {};

test.each(brands)("[N12] user_good signs in to $name with what the table says, and nothing else", (brand) => {
  const { password, code } = entersOf(brand.id);
  const entries: carrier.Entry[] = [
    { type: "username", value: "user_good" },
    ...(password ? [{ type: "password", value: password } as const] : []),
    ...(code ? [{ type: "factor", value: "sms" } as const, { type: "code", value: code } as const] : []),
    ...(code ? [] : Array.from({ length: 3 }, () => ({ type: "approval", value: "" }) as const)),
  ];
  const step = (state: carrier.SignIn, entry: carrier.Entry) => carrier.advance(state, entry, brand.secondFactor).next;
  expect(entries.reduce(step, carrier.firstStep)).toEqual({ step: "signedIn", user: "user_good" });
});

test("[N12] user_good signs in to Uber Eats with a code of four digits, and no password", () => {
  const { password, code = "" } = entersOf("ubereats");
  expect(password).toBeUndefined();
  const { next } = ubereats.advance(ubereats.firstStep, { type: "identifier", value: "user_good" });
  expect(ubereats.advance(next, { type: "code", value: code }).next).toEqual({ step: "signedIn", user: "user_good" });
});

test("[N12] user_good signs in to The Reading Room with password and code", () => {
  const { password = "", code = "" } = entersOf("apple-review");
  const next = enterPassword("user_good", password) as ReaderSignIn;
  expect(next).toEqual({ step: "code", user: "user_good" });
  expect(enterCode(next, code)).toEqual({ step: "signedIn", user: "user_good" });
});
