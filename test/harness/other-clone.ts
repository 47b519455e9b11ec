import { join } from "node:path";
import type { Mode } from "@passage/protocol/ids";
import type { Provider } from "@passage/providers/define";
import { buildTime } from "../../cli/src/catalog/signing.ts";
import { Operator } from "../../cli/src/operator.ts";
import { DataFolder } from "../../cli/src/runtime/data-folder.ts";
import { freePort } from "../../cli/src/runtime/port.ts";
import { startServer } from "../../cli/src/runtime/server-process.ts";
import { buildCatalog } from "../../scripts/build-catalog.ts";
import type { Running } from "./passage-process.ts";

export interface Build {
  /** Without a sandbox. */
  readonly production?: boolean;
  /** Epoch seconds; default: now. */
  readonly issuedAt?: number;
  /** What the server offers, and the module that exports it; default: the catalog of this clone. */
  readonly catalog?: { readonly module: string; readonly providers: readonly Provider[] };
}

/**
 * Another clone, in a folder of its own: it signs with its own key, and its server has a catalog of its own. The server keeps its
 * port and its data from one build to the next.
 */
export class OtherClone {
  /** What its servers have written. */
  readonly lines: string[] = [];
  readonly #folder: string;
  readonly #data: DataFolder;
  #port = 0;
  #stop: () => Promise<void> = async () => {};

  constructor(folder: string) {
    this.#folder = folder;
    this.#data = new DataFolder(join(folder, "data"));
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Builds the catalog and starts the server, in place of one that runs. */
  async serve({ issuedAt = buildTime(), catalog, production = false }: Build = {}): Promise<void> {
    const offer = catalog && { ...catalog, module: join(process.cwd(), catalog.module) };
    const built = await buildCatalog(this.#folder, issuedAt, offer);
    await this.stop();
    if (this.#port === 0) this.#port = await freePort();
    const place = { data: this.#data, port: this.#port, host: "127.0.0.1", publicUrl: null };
    const server = await startServer({ ...place, catalog: built, production, onLine: (line) => this.lines.push(line) });
    this.#stop = () => server.stop();
  }

  /** The server, spoken to with a new key. */
  async with(mode: Mode): Promise<Pick<Running, "url" | "testKey">> {
    const { key } = await new Operator(this.url, this.#data.operatorToken).createKey(mode);
    return { url: this.url, testKey: key };
  }

  async stop(): Promise<void> {
    await this.#stop();
    this.#stop = async () => {};
  }
}
