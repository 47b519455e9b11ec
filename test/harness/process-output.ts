import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** What a process writes, line by line, to be waited for. */
export function outputOf(child: ChildProcess) {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream as Readable }).on("line", (line) => {
      lines.push(line);
      for (const check of waiting) check();
    });
  const ended = once(child, "close").then(([status]) => status as number | null);
  return {
    lines: lines as readonly string[],
    /** Resolves with the first line, past or future, that the text is part of. */
    line: (text: string) =>
      new Promise<string>((resolve, reject) => {
        const check = () => {
          const found = lines.find((one) => one.includes(text));
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
        void ended.then(() => reject(new Error(`It ended before it wrote "${text}":\n${lines.join("\n")}`)));
      }),
    /** Resolves with the exit status. */
    ended,
    stop: (signal: NodeJS.Signals = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
  };
}
