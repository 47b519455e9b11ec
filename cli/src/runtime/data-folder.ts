import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Mode } from "@passage/protocol/ids";
import { NoServerError } from "../command.ts";
import { startCommand } from "./invocation.ts";

/** What is known of a server that runs, or ran, on this folder. */
export interface RunningServer {
  /** The `passage start` process. */
  readonly pid: number;
  readonly workerdPid: number;
  readonly url: string;
  /** Without a sandbox. */
  readonly production?: boolean;
  readonly publicUrl?: string | null;
  readonly addressHeader?: string | null;
}

/** The folder that holds everything a server keeps: databases, its secret, the operator's token. Mode 0700. */
export class DataFolder {
  readonly path: string;

  constructor(path = process.env.PASSAGE_DATA ?? ".passage") {
    this.path = resolve(path);
  }

  /** Makes what is missing. */
  prepare(): void {
    mkdirSync(this.objects, { recursive: true });
    chmodSync(this.path, 0o700);
    if (!existsSync(this.#file("secret"))) this.#writeSecret("secret", randomBytes(32).toString("base64url"));
    if (!existsSync(this.#file("operator-token")))
      this.#writeSecret("operator-token", `opr_${randomBytes(32).toString("base64url")}`);
  }

  /** Whether a server was ever started on it. */
  get exists(): boolean {
    return existsSync(this.#file("secret"));
  }

  get objects(): string {
    return join(this.path, "objects");
  }

  get secret(): string {
    return readFileSync(this.#file("secret"), "utf8").trim();
  }

  /** @throws when no server was ever started on this folder. */
  get operatorToken(): string {
    try {
      return readFileSync(this.#file("operator-token"), "utf8").trim();
    } catch {
      throw new Error(
        `No server has been started on ${this.path}. Run "${startCommand}" first, or set PASSAGE_DATA to its folder.`,
      );
    }
  }

  /** The key that the CLI's own commands use on this server; null before the first of them. */
  cliKey(mode: Mode): string | null {
    const path = this.#file(`cli-key-${mode}`);
    return existsSync(path) ? readFileSync(path, "utf8").trim() : null;
  }

  keepCliKey(mode: Mode, key: string): void {
    rmSync(this.#file(`cli-key-${mode}`), { force: true });
    this.#writeSecret(`cli-key-${mode}`, key);
  }

  get server(): RunningServer | null {
    try {
      return JSON.parse(readFileSync(this.#file("server.json"), "utf8"));
    } catch {
      return null;
    }
  }

  /** @throws {NoServerError} with what to do when none runs on the folder. */
  requireServer(): RunningServer {
    const { server } = this;
    if (server) return server;
    throw new NoServerError(
      `No server runs on ${this.path}. Start it with "${startCommand}", or set PASSAGE_DATA to its folder; for a server elsewhere give --server and --api-key.`,
    );
  }

  noteServer(server: RunningServer): void {
    writeFileSync(this.#file("server.json"), `${JSON.stringify(server)}\n`);
  }

  forgetServer(): void {
    rmSync(this.#file("server.json"), { force: true });
  }

  writeConfig(config: string): string {
    const path = this.#file("workerd.capnp");
    writeFileSync(path, config);
    return path;
  }

  #writeSecret(name: string, value: string): void {
    writeFileSync(this.#file(name), `${value}\n`, { mode: 0o600, flag: "wx" });
  }

  #file(name: string): string {
    return join(this.path, name);
  }
}
