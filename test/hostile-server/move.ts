/** One thing that a server sends, and for a turn what the person says then. */
export type Move = CommandMove | TurnMove;

export interface CommandMove {
  readonly kind: "command";
  readonly command: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface TurnMove {
  readonly kind: "turn";
  readonly conditions: readonly object[];
  readonly status: { readonly heading?: string; readonly subheading?: string };
  readonly match: "any" | "all";
  readonly says: "userDone" | "userGaveUp" | null;
  /** What is sent while the person has the page. */
  readonly meanwhile: readonly CommandMove[];
}

/** Throws as a property does that does not hold. */
export function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}
