import { expect, test } from "vitest";
import { type Answered, createLink, request } from "../../../test/harness/api.ts";
import { asOrganization } from "../../../test/harness/operator.ts";
import { usePassage } from "../../../test/harness/use-passage.ts";

// The CLI hands these on to the server.
const passage = usePassage({
  environment: { RATE_LIMIT_KEY: "8/4", RATE_LIMIT_ADDRESS: "5/5", CLIENT_ADDRESS_HEADER: "x-forwarded-for" },
});

function refused({ status, headers, body }: Answered<Record<string, unknown>>, name: string) {
  expect({ status, body }).toMatchObject({ status: 429, body: { code: "rate_limited" } });
  expect(headers.get("ratelimit")).toMatch(new RegExp(`^"${name}";r=0;t=\\d+$`));
  return Number(headers.get("retry-after"));
}

test("a key's requests are counted, told in headers and refused over the limit; another key's are not touched", async () => {
  const [owner, other] = [await asOrganization(passage, "busy"), await asOrganization(passage, "calm")];
  const answers = await Promise.all(Array.from({ length: 12 }, () => request(owner, "GET", "/v1/links")));
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(8);
  const over = answers.filter(({ status }) => status === 429);
  expect(over.length).toBeGreaterThan(0);
  const waitSeconds = refused(over[0] as Answered<Record<string, unknown>>, "key");
  expect(waitSeconds).toBe(1);
  expect(over[0]?.headers.get("ratelimit-policy")).toBe('"key";q=8;w=4');
  expect((await request(other, "GET", "/v1/links")).headers.get("ratelimit")).toMatch(/^"key";r=7;t=1$/);
  await expect.poll(async () => (await request(owner, "GET", "/v1/links")).status, { timeout: 5_000 }).toBe(200);
});

test("the public routes are limited by address, guessed codes too; an IPv6 household is one address", async () => {
  const from = (address: string, code: string) =>
    request(passage, "POST", "/link/claim", { code }, { key: null, headers: { "x-forwarded-for": address } });
  const guess = () => from("203.0.113.7, 198.51.100.1", "clm_guessed");
  const answers = [];
  for (let index = 0; index < 6; index++) answers.push(await guess());
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 429]);
  refused(answers[5] as Answered<Record<string, unknown>>, "address");
  // The first address of the header is what a caller may write; the last is what our proxy saw.
  expect((await from("198.51.100.1, 203.0.113.7", "clm_x")).status).toBe(404);
  const household = [];
  for (let index = 0; index < 6; index++) household.push((await from(`2001:db8:1:2::${index}`, "clm_x")).status);
  expect(household).toEqual([404, 404, 404, 404, 404, 429]);
});

test("one link is claimed so often and no more, from wherever", async () => {
  const owner = await asOrganization(passage, "claimed");
  const { claimCode } = await createLink(owner);
  const statuses: number[] = [];
  for (let index = 0; index < 22; index++) {
    const headers = { "x-forwarded-for": `198.51.100.${index + 10}` };
    statuses.push((await request(passage, "POST", "/link/claim", { code: claimCode }, { key: null, headers })).status);
  }
  expect(statuses.filter((status) => status === 200).length).toBe(1);
  expect(statuses.filter((status) => status === 409).length).toBe(19);
  expect(statuses.slice(20)).toEqual([429, 429]);
});

test("a body over 64 KiB is refused, announced or not", async () => {
  const owner = await asOrganization(passage, "large");
  const large = JSON.stringify({ x: "x".repeat(70_000) });
  const streamed = await fetch(`${passage.url}/v1/links`, {
    method: "POST",
    headers: { authorization: `Bearer ${owner.testKey}` },
    body: new Blob([large]).stream(),
    duplex: "half",
  } as RequestInit);
  expect(streamed.status).toBe(413);
  expect((await request(owner, "POST", "/v1/links", large)).status).toBe(413);
});
