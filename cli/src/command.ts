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

export const providersOption = () =>
  new Option(
    "--providers <folder or package>",
    "a provider of your own to offer beside the catalog; may be repeated",
  ).argParser((named: string, before: string[] = []) => [...before, named]);

export const jsonOption = () => new Option("--json", "print JSON; a line for each where there are many");

/** Adds where the API is, and the key for it: a group of its own in the help, behind the command's options. */
export function withApi(command: Command): Command {
  return command
    .addOption(jsonOption())
    .addOption(
      new Option("--server <url>", "its address; without it, the server that runs on --data")
        .env("PASSAGE_URL")
        .helpGroup(whichServer),
    )
    .addOption(
      new Option("--api-key <key>", "better set in the environment; without it, a key is made on --data's server")
        .env("PASSAGE_API_KEY")
        .helpGroup(whichServer),
    )
    .addOption(
      new Option("--mode <mode>", "the mode of that key: test, but live where the server has no sandbox")
        .choices(modes)
        .helpGroup(whichServer),
    )
    .addOption(dataOption().helpGroup(whichServer));
}

const whichServer = "Which server:";

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

export function parseUrl(value: string): string {
  const url = URL.parse(value);
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new InvalidArgumentError("Give an address such as http://localhost:3000/webhooks.");
  return url.href;
}
