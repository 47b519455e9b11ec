import { PassageError } from "@passage/connect";
import { type Mode, modes } from "@passage/protocol/ids";
import { type Command, InvalidArgumentError, Option } from "commander";
import { noteDetails, noteError } from "./print.ts";

/** What a command ends with. Documented in the README. */
export const exitCodes = { done: 0, failed: 1, usage: 2, noServer: 3 } as const;

/** No server answers, so the command ends with exit status 3. */
export class NoServerError extends Error {
  static at(url: string, cause?: unknown): NoServerError {
    return new NoServerError(`The server at ${url} does not answer. Is it running?`, { cause });
  }
}

/** What every command that talks to the API takes. */
export interface ApiOptions {
  readonly server?: string;
  readonly apiKey?: string;
  /** Of the key that is made; undefined: test, or live on a server without a sandbox. */
  readonly mode?: Mode;
  readonly data?: string;
  readonly json?: boolean;
}

export const dataOption = () =>
  new Option("--data <folder>", "the server's data folder").env("PASSAGE_DATA").default(".passage");

export const jsonOption = () => new Option("--json", "JSON on standard output, one line where it is a stream");

/** Adds where the API is, and the key for it. */
export function withApi(command: Command): Command {
  return command
    .addOption(new Option("--server <url>", "the server; else the one that runs on --data").env("PASSAGE_URL"))
    .addOption(
      new Option("--api-key <key>", "an API key; else one made for --data (better in the environment)").env(
        "PASSAGE_API_KEY",
      ),
    )
    .addOption(
      new Option("--mode <mode>", "of the key made for --data; else test, or live in production").choices(modes),
    )
    .addOption(dataOption())
    .addOption(jsonOption());
}

/** Each command's module is loaded when it is called: `start` needs no browser, `keys` no server. */
// biome-ignore lint/suspicious/noExplicitAny: commander hands over options that the command's own type describes
export function run<A extends any[]>(command: (...args: A) => Promise<number>): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      process.exitCode = await command(...args);
    } catch (error) {
      noteError(wordsOf(error));
      if (process.env.PASSAGE_DEBUG) noteDetails(error);
      process.exitCode = isWithoutServer(error) ? exitCodes.noServer : exitCodes.failed;
    }
  };
}

function isWithoutServer(error: unknown): boolean {
  return error instanceof NoServerError || (error instanceof PassageError && error.code === "connection_failed");
}

/** An error in a line or two: what happened, and where to read on. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof PassageError)) return error instanceof Error ? error.message : String(error);
  const more = [error.requestId, error.docs].filter(Boolean).join(", ");
  return more ? `${error.message} (${more})` : error.message;
}

export function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}

/** Addresses of the server are made from it: it has no path that would be lost. Empty, as in an environment file, is none. */
export function parseOrigin(value: string): string | undefined {
  if (value === "") return undefined;
  const url = URL.parse(value);
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (!isOrigin) throw new InvalidArgumentError("Give scheme and host alone, such as https://passage.example.com.");
  return url.origin;
}

export function parseCount(value: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError("Give a whole number, 1 or more.");
  return count;
}

/** Seconds, of which there may be none. */
export function parseSeconds(value: string): number {
  return value === "0" ? 0 : parseCount(value);
}

/** How a command is called, for the end of its help. */
export function example(call: string): string {
  return `\nExample:\n  ${call}`;
}

export function parseUrl(value: string): string {
  const url = URL.parse(value);
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new InvalidArgumentError("Give an address such as http://localhost:3000/webhooks.");
  return url.href;
}
