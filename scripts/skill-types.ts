import { readFileSync } from "node:fs";

/** The declarations of the SDK's generated protocol, in the order of the file. */
const declarations = readFileSync("connect/src/protocol.generated.ts", "utf8")
  .split(/\n\n(?=\/\*\*|export )/)
  .flatMap((source) => {
    const name = source.match(/^export (?:interface|type) (\w+)/m)?.[1];
    return name === undefined ? [] : [{ name, source: source.trim() }];
  });

/** Each heading, with the type that its section begins with. */
const beginnings: readonly [first: string, title: string][] = [
  ["Routes", "Routes"],
  ["AnsweredErrorCode", "Error codes"],
  ["CreateLinkRequest", "Links"],
  ["ProviderList", "Providers"],
  ["CompleteLinkRequest", "The sandbox"],
  ["CreateSessionRequest", "Sessions"],
  ["ListEventsQuery", "Events and webhooks"],
  ["CreateKeyRequest", "Keys and the audit log"],
  ["ElementState", "Shapes and session messages"],
];

/** All types but the commands', by the headings under which the skill has them. */
export function typesBySection(): [title: string, source: string][] {
  const first = new Map(beginnings);
  const sections: [string, string[]][] = [];
  for (const { name, source } of declarations) {
    if (name === "Commands") continue;
    const title = first.get(name);
    if (title !== undefined) sections.push([title, []]);
    sections.at(-1)?.[1].push(source);
  }
  if (sections.length !== beginnings.length) throw new Error("A section of the types begins with a type that is gone");
  return sections.map(([title, sources]) => [title, sources.join("\n\n")]);
}

export function commandTypes(): string {
  const found = declarations.find(({ name }) => name === "Commands");
  if (!found) throw new Error("The SDK's protocol has no Commands");
  return found.source;
}
