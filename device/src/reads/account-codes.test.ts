import { accountIdForm } from "@passage/protocol/reads/leaf";
import { expect, test } from "vitest";
import { AccountCodes, type accountCode } from "./account-codes.ts";

const [salt, other] = ["5a".repeat(32), "a5".repeat(32)];

/** The code that a session of its own makes. */
async function codeOf(value: unknown, binding = { salt, provider: "tmobile" }): Promise<string | undefined> {
  const codes = new AccountCodes(binding);
  expect(codes.of(value)).toBe(undefined);
  await codes.make();
  return codes.of(value);
}

test("an account has one code in all sessions of an organization, and another one elsewhere", async () => {
  const code = await codeOf("970418265");
  // As it was when it was first made: a device that makes another one does not know its accounts again.
  expect(code).toBe("acct_1i3jqnaqiwpd67ig7p52a6ln6");
  expect(code).toMatch(accountIdForm);
  expect(await codeOf(970_418_265)).toBe(code);
  const others = await Promise.all([
    codeOf("970418266"),
    codeOf("970418265", { salt: other, provider: "tmobile" }),
    codeOf("970418265", { salt, provider: "verizon" }),
  ]);
  expect(new Set([code, ...others]).size).toBe(4);
  expect(code).not.toContain("970418265");
});

test.each([
  null,
  undefined,
  true,
  "",
  "42",
  42,
  "••••8265",
  "(425) 555-0100",
  " 970418265",
  "a".repeat(129),
  2 ** 53,
  {},
])("%j is no account's id", async (value) => {
  expect(await codeOf(value)).toBe(undefined);
});

test("a session without a salt makes none", async () => {
  const codes = new AccountCodes(undefined);
  codes.of("970418265");
  expect(await codes.make()).toBe(false);
  expect(codes.of("970418265")).toBe(undefined);
});

test("a session makes four at most, so that a site and a server cannot try many", async () => {
  const makeCode: typeof accountCode = async (_salt, _provider, id) => `acct_${id.padStart(25, "0")}`;
  const codes = new AccountCodes({ salt, provider: "tmobile", makeCode });
  const ids = ["1001", "1002", "1003", "1004", "1005"];
  for (let round = 0; round < 3; round += 1) {
    for (const id of ids) codes.of(id);
    await codes.make();
  }
  expect(ids.map((id) => codes.of(id) !== undefined)).toEqual([true, true, true, true, false]);
});
