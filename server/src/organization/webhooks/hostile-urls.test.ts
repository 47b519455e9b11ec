import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { billRead, request } from "../../../../test/harness/api.ts";
import { type Running, removeFolder, startPassage } from "../../../../test/harness/passage-process.ts";

/** What somebody could try as the address of a webhook, to reach what only the server can reach. */
const hostile: Record<string, readonly string[]> = {
  "loopback, in every spelling": [
    "https://localhost/",
    "https://LOCALHOST/",
    "https://localhost./",
    "https://sub.localhost/",
    "https://sub.localhost./",
    "https://127.0.0.1/",
    "https://127.0.0.1./",
    "https://127.1/",
    "https://127.0.1/",
    "https://127.255.255.254/",
    "https://2130706433/",
    "https://017700000001/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.01/",
    "https://0x7F.1/",
    "https://%31%32%37.0.0.1/",
    "https://１２７.０.０.１/",
    "https://①②⑦.⓪.⓪.①/",
    "https://127。0。0。1/",
    "https://lоcalhost.localhost/",
    "\thttps://127.0.0.1/\n",
    "https:\\\\127.0.0.1\\",
    "https:127.0.0.1",
    "https://127.0.0.1:443/",
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
  ],
  "this host, private, shared and link-local": [
    "https://0.0.0.0/",
    "https://0/",
    "https://[::]/",
    "https://10.0.0.1/",
    "https://167772161/",
    "https://10.255.255.255/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://0xc0a80101/",
    "https://100.64.0.1/",
    "https://100.127.255.255/",
    "https://169.254.1.1/",
    "https://[::ffff:10.0.0.1]/",
    "https://[fc00::1]/",
    "https://[fd12:3456:789a::1]/",
    "https://[fe80::1]/",
    "https://[fec0::1]/",
  ],
  "metadata of clouds": [
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "https://0xa9fea9fe/",
    "https://0251.0376.0251.0376/",
    "https://[::ffff:169.254.169.254]/",
    "https://[fd00:ec2::254]/",
    "https://metadata.google.internal/",
    "https://metadata.google.internal./",
    "https://METADATA.GOOGLE.INTERNAL/",
    "https://metadata/",
    "https://instance-data/",
    "https://168.63.129.16/",
    "https://100.100.100.200/",
    "https://192.0.0.192/",
  ],
  "IPv4 inside IPv6, and ranges that are not for anyone": [
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b::169.254.169.254]/",
    "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2002:a9fe:a9fe::1]/",
    "https://[2001:0:7f00:1::]/",
    "https://[::ffff:0:127.0.0.1]/",
    "https://192.88.99.1/",
    "https://198.18.0.1/",
    "https://198.19.255.255/",
    "https://192.0.2.1/",
    "https://203.0.113.9/",
    "https://[2001:db8::1]/",
    "https://224.0.0.1/",
    "https://239.255.255.250/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://[ff02::1]/",
  ],
  "names of private networks": [
    "https://intranet/",
    "https://db/",
    "https://printer.local/",
    "https://router.lan/",
    "https://nas.home.arpa/",
    "https://vault.corp/",
    "https://kubernetes.default.svc.cluster.local/",
    "https://api.internal/",
    "https://1.0.0.127.in-addr.arpa/",
    "https://hidden.onion/",
    "https://example.com./",
  ],
  "credentials and odd ports": [
    "https://user:password@example.com/",
    "https://user@example.com/",
    "https://example.com@127.0.0.1/",
    "https://127.0.0.1#@example.com/",
    "https://127.0.0.1?@example.com/",
    "https://example.com:22/",
    "https://example.com:25/",
    "https://example.com:6379/",
    "https://example.com:0/",
  ],
  "other schemes, and no URL": [
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "javascript:alert(1)",
    "data:text/plain,x",
    "unix:/var/run/docker.sock",
    "//example.com/",
    "https://",
    "https://[::1",
    "https://999.1.1.1/",
    "",
  ],
};
const table = Object.entries(hostile).flatMap(([kind, urls]) => urls.map((url) => [kind, url] as const));

let production: Running;
let liveKey: string;
beforeAll(async () => {
  production = await startPassage({ arguments: ["--production"] });
  const key = readFileSync(join(production.data, "operator-token"), "utf8").trim();
  const made = await request<{ key: string }>(production, "POST", "/operator/keys", { mode: "live" }, { key });
  liveKey = made.body.key;
});
afterAll(async () => {
  await production.stop();
  removeFolder(production.data);
});

interface Answer {
  issues?: { path: string; message: string }[];
}
const post = (path: string, body: object) => request<Answer>(production, "POST", path, body, { key: liveKey });

describe(`${table.length} hostile webhook URLs`, () => {
  test("are more than sixty, and none twice", () => {
    expect(table.length).toBeGreaterThanOrEqual(60);
    expect(new Set(table.map(([, url]) => url)).size).toBe(table.length);
  });

  test.each(table)("%s: %j is refused for a link and for an endpoint", async (_kind, url) => {
    const link = await post("/v1/links", { ...billRead, webhookUrl: url });
    expect(link).toMatchObject({ status: 400, body: { issues: [{ path: "webhookUrl" }] } });
    const endpoint = await post("/v1/webhook_endpoints", { url });
    expect(endpoint).toMatchObject({ status: 400, body: { issues: [{ path: "url" }] } });
    expect(endpoint.body.issues?.[0]?.message).toMatch(/^must /);
  });

  test.each([
    "https://example.com/",
    "https://hooks.example.com:8443/a?b=c",
    "https://93.184.216.34/",
    "https://[2606:4700::1111]/",
    "https://localhost.example.com/",
    "https://münchen.example.com/",
  ])("but %j is taken", async (url) => {
    expect((await post("/v1/webhook_endpoints", { url })).status).toBe(201);
  });
});
