import fc from "fast-check";
import { expect, test } from "vitest";
import { passesLuhn } from "./find.ts";
import { scrub } from "./scrub.ts";

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${length - 1}}$`));
const word = fc.stringMatching(/^[A-Z][a-z]{3,9}$/);
const cardNumber = digits(15).map((head) => {
  const check = [..."0123456789"].find((last) => passesLuhn(head + last));
  return head + check;
});

/** A person's data as sites write it, each with a key under which it stands. */
const people = fc.record({
  fullName: fc.tuple(word, word).map((words) => words.join(" ")),
  email: fc.tuple(word, word).map(([user, host]) => `${user.toLowerCase()}@${host.toLowerCase()}.com`),
  phoneNumber: fc.tuple(digits(3), digits(3), digits(4)).map(([area, office, line]) => `(${area}) ${office}-${line}`),
  msisdn: digits(10),
  accountNumber: digits(9),
  cardNumber: cardNumber,
  line1: fc.tuple(digits(3), word).map(([number, street]) => `${number} ${street} St`),
  accessToken: fc.stringMatching(/^[a-zA-Z0-9_-]{32}$/).filter((token) => /\d/.test(token) && /[a-z]/i.test(token)),
  cvv: digits(3),
});

/** The data under its keys, and in running text, addresses and JSON within JSON. */
const places = (person: Record<string, string>) => ({
  arguments: { ...person, limit: 3 },
  answers: [
    { result: { text: `Hello ${person.fullName}, we wrote to ${person.email} and ${person.phoneNumber}.` } },
    {
      result: {
        url: `https://site.example/x?who=${encodeURIComponent(person.fullName ?? "")}&t=${person.accessToken}`,
      },
    },
    { result: { body: { accounts: [person], note: JSON.stringify(person) } } },
    { result: { html: `<p>Account ${person.accountNumber}, line ${person.msisdn}, card ${person.cardNumber}</p>` } },
    { result: { [person.msisdn ?? ""]: person.line1?.toUpperCase() } },
  ],
});

test("no known secret survives, wherever and however it stood", () => {
  fc.assert(
    fc.property(people, (person) => {
      const text = JSON.stringify(scrub(places(person)).value);
      for (const [key, secret] of Object.entries(person)) {
        if (key === "cvv") continue;
        for (const written of [secret, encodeURIComponent(secret), secret.toUpperCase(), secret.toLowerCase()])
          expect(text, key).not.toContain(written);
      }
      expect(JSON.parse(text).arguments.cvv).not.toBe(person.cvv);
    }),
    { numRuns: 300 },
  );
});

test("a value has the same stand-in everywhere, and another value another one", () => {
  fc.assert(
    fc.property(digits(9), digits(9), (one, other) => {
      fc.pre(one !== other);
      const { value } = scrub({ list: [{ accountNumber: one }, { accountNumber: other }], chosen: `account ${one}` });
      const [first, second] = value.list;
      expect(value.chosen).toBe(`account ${first?.accountNumber}`);
      expect(first?.accountNumber).not.toBe(second?.accountNumber);
    }),
  );
});

test("a stand-in has the form of what it stands for", () => {
  fc.assert(
    fc.property(people, (person) => {
      const { value } = scrub(person);
      for (const key of ["fullName", "phoneNumber", "msisdn", "accountNumber", "cardNumber", "line1"] as const)
        expect(formOf(value[key]), key).toBe(formOf(person[key]));
      expect(value.cardNumber.slice(-4)).toBe(person.cardNumber.slice(-4));
      expect(passesLuhn(value.cardNumber)).toBe(true);
    }),
  );
});

test("amounts, dates, paths, codes and small numbers stay", () => {
  const plain = {
    amountDue: 1042.17,
    totalCents: 104_217,
    text: "$1,042.17 due Dec 4, 2026",
    startTime: "2026-10-05T00:00:00",
    lastChanged: 1_763_251_200_000,
    type: "CREDIT_CARD",
    url: "https://www.site.example/account/bills/summary",
    nextPage: 2,
    id: 7,
    limit: 12,
    isDefault: true,
    nothing: null,
  };
  expect(scrub({ ...plain, changedAt: 1_763_251_200 })).toMatchObject({ value: plain, counts: {} });
});

test("a name's words go where they stand alone, and a constant that holds them stays", () => {
  const { value } = scrub({ firstName: "Card", hello: "Hello, Card!", type: "CREDIT_CARD" });
  expect(value.hello).toBe(`Hello, ${value.firstName}!`);
  expect(value.firstName).not.toBe("Card");
  expect(value.type).toBe("CREDIT_CARD");
});

test("somebody whose name is part of another word leaves that word alone", () => {
  const { value } = scrub({ arguments: { fullName: "Aaaa Argume" }, text: "arguments of Argume, photo argume_1.jpg" });
  expect(value.arguments.fullName).not.toMatch(/argume/i);
  expect(value.text).toMatch(/^arguments of /);
  expect(value.text.match(/argume/gi)).toHaveLength(1);
});

test("a name is found where its text was escaped", () => {
  for (const fullName of ["Aaaa Argume", "Jane Doe"]) {
    const said = `Hello ${fullName.split(" ")[0]},\n${fullName.split(" ")[1]}/at home`;
    const { value } = scrub({
      fullName,
      said: { said },
      json: JSON.stringify({ said }),
      url: encodeURIComponent(said),
    });
    for (const word of fullName.split(" ")) expect(JSON.stringify(value), word).not.toContain(word);
  }
});

test("a token in an address has the stand-in that it has under its key", () => {
  const accessToken = "_Aa--0Aa_00_-_-_00--a--0_0A__0A0";
  const { value } = scrub({
    accessToken,
    url: `https://site.example/x?t=${accessToken}&u=1`,
    other: `${accessToken}==`,
  });
  expect(value.url).toBe(`https://site.example/x?t=${value.accessToken}&u=1`);
});

test("a short token behind its name goes, and the name stays", () => {
  const { value } = scrub({ text: "sessionid=AbCd1234EfGh5678; path=/", url: "/x?page=2&sort=newest" });
  expect(value.text).toMatch(/^sessionid=[A-Za-z0-9]{16}; path=\/$/);
  expect(value.text).not.toContain("AbCd1234EfGh5678");
  expect(value.url).toBe("/x?page=2&sort=newest");
});

test("short names and addresses of e-mail go, too", () => {
  const { value } = scrub({ fullName: "Li Wu", email: "jo@li.example", text: "Li Wu, jo@li.example" });
  expect(value.fullName).toMatch(/^[A-Z][a-z] [A-Z][a-z]$/);
  expect(JSON.stringify(value)).not.toMatch(/Li Wu|jo@/);
});

test("what is said to be secret goes, whatever it looks like", () => {
  const { value, counts } = scrub({ title: "The Overstory by me" }, ["Overstory"]);
  expect(value.title).not.toContain("Overstory");
  expect(counts).toEqual({ secret: 1 });
});

test("a number that is one stays one", () => {
  const { value } = scrub({ accountNumber: 910_555_262 });
  expect(value.accountNumber).not.toBe(910_555_262);
  expect(String(value.accountNumber)).toHaveLength(9);
});

function formOf(text: string): string {
  return text.replace(/\d/g, "9").replace(/[A-Z]/g, "A").replace(/[a-z]/g, "a");
}
