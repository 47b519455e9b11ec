import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { chmodSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { findChromium } from "@passage/device/hosts/browser/find";
import { selfSigned } from "../../device/test/certificate.ts";

/** A site on this machine that a browser takes for the real one. */
export interface LiveSite {
  /** A Chromium for `PASSAGE_CHROMIUM`. It finds the site under its real name, and takes the site's own certificate, and no other one, unsigned. */
  readonly chromium: string;
  stop(): Promise<void>;
}

/**
 * Serves a stand-in by https under the name of the real site.
 *
 * @param name such as `shop.example`, for `*.shop.example`
 * @param standIn the stand-in's address, such as `http://localhost:4100`; it serves `*.shop.localhost`
 * @param folder where the browser's start is written
 */
export async function startLiveSite(name: string, standIn: string, folder: string): Promise<LiveSite> {
  const { key, cert } = selfSigned(name);
  const { port } = new URL(standIn);
  const local = `${name.replace(/\.[^.]+$/, "")}.localhost`;
  const site = createServer({ key, cert }, (asked, response) => {
    const host = `${asked.headers.host?.replace(name, local)}:${port}`;
    const { url: path, method } = asked;
    const headers = { ...asked.headers, host };
    const passed = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      const location = answer.headers.location?.replace("http:", "https:").replace(`${local}:${port}`, name);
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...(location && { location }) });
      answer.pipe(response);
    });
    passed.on("error", () => response.destroy());
    asked.pipe(passed);
  }).listen(0, "127.0.0.1");
  await once(site, "listening");
  const publicKey = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  const switches = [
    `--host-resolver-rules=MAP *.${name} 127.0.0.1:${(site.address() as AddressInfo).port}`,
    `--ignore-certificate-errors-spki-list=${createHash("sha256").update(publicKey).digest("base64")}`,
  ];
  const chromium = join(folder, "chromium");
  writeFileSync(chromium, `#!/bin/sh\nexec "${findChromium()}" ${switches.map((one) => `'${one}'`).join(" ")} "$@"\n`);
  chmodSync(chromium, 0o755);
  const stop = async () => {
    site.closeAllConnections();
    site.close();
    await once(site, "close");
  };
  return { chromium, stop };
}
