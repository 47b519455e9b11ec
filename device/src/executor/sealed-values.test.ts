import { CompactEncrypt, importJWK } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Rig } from "../../test/rig.ts";
import { SealedValues } from "./sealed-values.ts";

const card = "4000056655665556";
let rig: Rig;

beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

async function seal(value: string, to: SealedValues = rig.sealed) {
  const jwe = new CompactEncrypt(new TextEncoder().encode(value));
  const key = await importJWK(to.publicKey, "ECDH-ES");
  return { $sealed: await jwe.setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM" }).encrypt(key) };
}

test("a sealed value is typed by fill, by type and in a batch, and stands in no frame", async () => {
  await rig.show("<input id=a><input id=b><input id=c><p id=echo></p>");
  const value = await seal(card);
  expect((await rig.run("fill", { selector: "#a", value })).error).toBeUndefined();
  expect((await rig.run("type", { selector: "#b", text: value })).error).toBeUndefined();
  const commands = [{ command: "fill", params: { selector: "#c", value } }];
  expect((await rig.send("batch", { commands })).result).toEqual({ results: [{ result: {} }] });
  for (const id of ["a", "b", "c"]) expect(await rig.value(`document.querySelector("#${id}").value`)).toBe(card);
  expect(rig.frames.join()).not.toContain(card);
});

test("what was typed so does not come back, whatever the page makes of it", async () => {
  await rig.show("<input id=a><p id=echo></p>");
  await rig.run("fill", { selector: "#a", value: await seal(card) });
  await rig.value(`document.querySelector("#echo").textContent = btoa(document.querySelector("#a").value)`);
  const { error } = await rig.run("textContent", { selector: "#echo" });
  expect(error).toMatchObject({
    code: "blocked_secret",
    details: { names: ["a value that was sealed to this device"] },
  });
  await rig.value(`document.querySelector("#echo").textContent = "ending in 5556"`);
  expect((await rig.run("textContent", { selector: "#echo" })).result).toEqual({ text: "ending in 5556" });
});

test.each([
  ["another device's", () => seal(card, new SealedValues(rig.egress.secrets))],
  ["a broken one", async () => ({ $sealed: `${(await seal(card)).$sealed.slice(0, -4)}AAAA` })],
  ["plain text", async () => ({ $sealed: card })],
])("%s is refused without a word of it", async (_name, value) => {
  await rig.show("<input id=a>");
  const { error } = await rig.run("fill", { selector: "#a", value: await value() });
  expect(error).toMatchObject({ code: "invalid_params", message: "params.value is not sealed to this device's key" });
  expect(await rig.value(`document.querySelector("#a").value`)).toBe("");
});

test("what takes no sealed values says so", async () => {
  const sealed = await seal("https://evil.example/");
  expect((await rig.send("navigate", { url: sealed })).error?.code).toBe("invalid_params");
});
