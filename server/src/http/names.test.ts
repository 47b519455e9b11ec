import type { Key } from "@passage/protocol/http/key";
import type { Organization } from "@passage/protocol/http/organization";
import { expect, test } from "vitest";
import { createLink, request } from "../../../test/harness/api.ts";
import { asOperator, asOrganization, newKey } from "../../../test/harness/operator.ts";
import type { Running } from "../../../test/harness/passage-process.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

const passage = usePassage();

/** Who a claim page says is asking. */
async function requestedBy(owner: Running): Promise<unknown> {
  const { claimCode } = await createLink(owner);
  return (await request(passage, "GET", `/link/details?code=${claimCode}`, undefined, { key: null })).body.requestedBy;
}

const organization = (fields: object) => asOperator<Organization>(passage, "POST", "/operator/organizations", fields);
const as = (key: string): Running => ({ ...passage, testKey: key });

test("[N2] a key's name is the key's: neither a new nor an existing organization takes it", async () => {
  const first = await newKey(passage, { organization: "shop", name: "ci-runner key for Bob" });
  expect(first.name).toBe("ci-runner key for Bob");
  expect(await requestedBy(as(first.key))).toBe("Your app");
  await organization({ id: "shop", name: "Shop" });
  const second = await newKey(passage, { organization: "shop", name: "laptop" });
  expect(await requestedBy(as(second.key))).toBe("Shop");
  const { body } = await request<{ keys: Key[] }>(as(second.key), "GET", "/v1/keys");
  expect(body.keys.map(({ name }) => name)).toEqual(["laptop", "ci-runner key for Bob"]);
});

test("[N2] an organization's name has a field of its own, with a key and without one", async () => {
  const { key, name } = await newKey(passage, { organization: "bakery", organizationName: "Bakery" });
  expect(name).toBe(null);
  expect(await requestedBy(as(key))).toBe("Bakery");
  await newKey(passage, { organization: "bakery" });
  expect(await requestedBy(as(key))).toBe("Bakery");
});

test("[N2] what is not given of an organization stays as it is", async () => {
  expect((await organization({ id: "kiosk" })).body).toMatchObject({ name: "Your app", retentionDays: 30 });
  expect((await organization({ id: "kiosk", name: "Kiosk" })).body).toMatchObject({ retentionDays: 30 });
  expect((await organization({ id: "kiosk", retentionDays: 5 })).body).toMatchObject({ name: "Kiosk" });
  expect((await organization({ id: "kiosk", name: "Kiosk 2" })).body).toMatchObject({ retentionDays: 5 });
});

const hostile = {
  "an override": "שלום\u202e EVIL Bank",
  "an isolate": "\u2067Bank\u2069",
  "a mark": "Bank\u200f",
  "an escape": "Bank\u001b[2J",
  "a line break": "Bank\nVerified",
  "a line separator": "Bank\u2028Verified",
  "a zero-width space": "Ba\u200bnk",
  "a soft hyphen": "Ba\u00adnk",
  "a byte order mark": "\ufeffBank",
  "a tag character": "Bank\u{e0041}",
};

test.each(Object.entries(hostile))("[N13] %s is refused in every name", async (_what, name) => {
  const owner = await asOrganization(passage, "names");
  const refused = (path: string) => ({
    status: 400,
    body: { issues: [{ path, message: expect.stringContaining("invisible") }] },
  });
  expect(await organization({ id: "names", name })).toMatchObject(refused("name"));
  expect(await newKey(passage, { organization: "names", name } as never)).toMatchObject(refused("name").body);
  const asked = { organization: "names", organizationName: name };
  expect(await asOperator(passage, "POST", "/operator/keys", asked)).toMatchObject(refused("organizationName"));
  expect(await request(owner, "POST", "/v1/keys", { name })).toMatchObject(refused("name"));
  const endpoint = { url: "https://hooks.example.com/in", description: name };
  expect(await request(owner, "POST", "/v1/webhook_endpoints", endpoint)).toMatchObject(refused("description"));
  expect(await requestedBy(owner)).toBe("Your app");
});

test.each(["שלום בנק", "بانک می‌خواهم", "Æther & Søn’s “Café” №5", "👨‍👩‍👧 Family", "<b>Bank</b>"])(
  "[N13] %s is a name, and stays as it was given",
  async (name) => {
    expect((await organization({ id: "plain", name })).body.name).toBe(name);
    expect(await requestedBy(await asOrganization(passage, "plain"))).toBe(name);
    expect((await newKey(passage, { organization: "plain", name })).name).toBe(name);
  },
);

test("[N13] a name of blanks is none", async () => {
  expect(await organization({ id: "plain", name: " \u3000 " })).toMatchObject({
    status: 400,
    body: { issues: [{ path: "name", message: "must not be empty" }] },
  });
});
