import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A place where a secret might have come to rest. */
export interface Haystack {
  readonly name: string;
  readonly parts: readonly Buffer[];
}

export interface Finding {
  readonly needle: string;
  readonly haystack: string;
  readonly encoding: string;
}

/** Every file below the folder, as it lies on the disk. */
export function folderHaystack(name: string, folder: string): Haystack {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return { name, parts: files.map((file) => readFileSync(join(file.parentPath, file.name))) };
}

export function textHaystack(name: string, lines: readonly string[]): Haystack {
  return { name, parts: [Buffer.from(lines.join("\n"))] };
}

/** Looks for each needle, by its name, in each place: as it is, URL-encoded, in base64, in hex and reversed. */
export function search(needles: ReadonlyMap<string, string>, haystacks: readonly Haystack[]): Finding[] {
  const findings: Finding[] = [];
  for (const [needle, value] of needles)
    for (const { name, parts } of haystacks)
      for (const [encoding, pattern] of spellings(value))
        if (parts.some((part) => pattern.test(part.toString("latin1"))))
          findings.push({ needle, haystack: name, encoding });
  return findings;
}

function spellings(value: string): [encoding: string, pattern: RegExp][] {
  const texts: [string, string][] = [
    ["plain", value],
    ["URL-encoded", encodeURIComponent(value)],
    ["base64", Buffer.from(value).toString("base64").replace(/=+$/, "")],
    ["hex", Buffer.from(value).toString("hex")],
    ["reversed", [...value].reverse().join("")],
  ];
  // A code of digits is also part of many a number: it counts when it stands alone.
  const isNumber = /^\d+$/.test(value);
  const distinct = texts.filter(([, text], index) => texts.findIndex((one) => one[1] === text) === index);
  return distinct.map(([encoding, text]) => {
    const literal = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return [encoding, new RegExp(isNumber && /^\d+$/.test(text) ? `(?<!\\d)${literal}(?!\\d)` : literal)];
  });
}
