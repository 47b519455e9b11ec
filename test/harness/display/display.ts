import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { findChromium } from "../../../device/src/hosts/browser/find.ts";
import { temporaryFolder } from "../passage-process.ts";
import { ensureDisplayTools } from "./tools.ts";

/** A display of its own: an X server without a screen or a window manager, and the bus of the accessibility tree. */
export class Display {
  /** For a program that opens its window here. Its Chromium gives the tree of its pages too. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #processes: readonly ChildProcess[];

  private constructor(environment: Readonly<Record<string, string>>, folder: string, processes: ChildProcess[]) {
    this.environment = environment;
    this.#folder = folder;
    this.#processes = processes;
  }

  static async open(): Promise<Display> {
    ensureDisplayTools();
    const folder = temporaryFolder();
    const screen = ["-screen", "0", "1280x1000x24", "-nolisten", "tcp", "-noreset", "-displayfd", "3"];
    const server = spawn("/usr/bin/Xvfb", screen, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    const number = await firstLine(server, server.stdio[3] as Readable);
    const seen = { DISPLAY: `:${number}`, XDG_RUNTIME_DIR: folder };
    const daemon = ["--session", "--nofork", "--nopidfile", "--print-address=1"];
    const bus = spawn("/usr/bin/dbus-daemon", daemon, {
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, ...seen },
    });
    const address = await firstLine(bus, bus.stdout);
    const environment = {
      ...seen,
      DBUS_SESSION_BUS_ADDRESS: address,
      // Has Chromium join the bus.
      ACCESSIBILITY_ENABLED: "1",
      PASSAGE_CHROMIUM: withAccessibility(folder),
    };
    return new Display(environment, folder, [bus, server]);
  }

  /** Starts a program here; its standard output is to be read. */
  start(program: string, args: readonly string[]): ChildProcess {
    const env = { ...process.env, ...this.environment };
    return spawn(program, args, { stdio: ["pipe", "pipe", "ignore"], env });
  }

  async close(): Promise<void> {
    for (const child of this.#processes) {
      const ended = once(child, "exit");
      if (child.kill()) await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Chromium gives its pages' tree when a screen reader runs, or when this switch says so. */
function withAccessibility(folder: string): string {
  const path = join(folder, "chromium");
  writeFileSync(path, `#!/bin/sh\nexec "${findChromium()}" --force-renderer-accessibility "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

async function firstLine(child: ChildProcess, stream: Readable): Promise<string> {
  const [line] = await Promise.race([
    once(createInterface({ input: stream }), "line"),
    once(child, "exit").then(([code]) => {
      throw new Error(`${child.spawnfile} ended with status ${code} before it was ready.`);
    }),
  ]);
  return line;
}
