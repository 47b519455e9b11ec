import type { DeclaredCommandName, DeviceYield } from "@passage/protocol/declared-commands";

/** One request of a run to its device. */
export type Issued =
  | { readonly command: DeclaredCommandName | "updateStatus" | "batch"; readonly params: unknown }
  | { readonly yield: DeviceYield };
