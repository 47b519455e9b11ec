import type { Script } from "./scripted-device.ts";

type Asked = Parameters<Script>[0];

/** What a device returns for an operation that declares all that it does. */
export interface Declared {
  /** The steps that open a page. */
  readonly places: readonly string[];
  /** The conditions that hold; no other does. */
  readonly holds?: readonly string[];
  /** The data of each read. */
  readonly reads: Readonly<Record<string, unknown>>;
}

/** Plays such a device: every step succeeds, every read is answered, and a person's turn ends with its first condition. */
export function declaredScript({ places, holds = [], reads }: Declared): Script {
  const script: Script = (asked) => {
    const name = declaredNameOf(asked) ?? "";
    switch (asked.command) {
      case "batch": {
        const list = asked.params.commands as Omit<Asked, "id">[];
        return { result: { results: list.map((one) => script({ id: "", ...one })) } };
      }
      case "yield":
        return { result: { matched: true, condition: 0 } };
      case "step":
        return { result: places.includes(name) ? { status: "ok" } : {} };
      case "at":
        return { result: { holds: holds.includes(name) } };
      case "read":
        return { result: { status: "ok", data: reads[name] ?? null } };
      default:
        return { result: {} };
    }
  };
  return script;
}

/** The name of the step or the read that is asked for, without its digest; null for anything else. */
export function declaredNameOf({ params }: Pick<Asked, "params">): string | null {
  const name = params.step ?? params.read;
  return typeof name === "string" ? (name.split("@")[0] ?? null) : null;
}
