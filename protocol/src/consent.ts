import type { OperationManifest } from "./manifest.ts";
import type { StepDeclaration } from "./steps.ts";

/** What a person agrees to, in sentences that are made from the signed manifest and from nothing else. */
export interface OperationTerms {
  /** What leaves the device, as the publisher says it. */
  readonly sends: string;
  /** What is read and done for it, and where. */
  readonly details: readonly string[];
}

/** The terms of one operation. A claim page and the device show the same ones; only the device's are the person's consent. */
export function operationTerms(manifest: OperationManifest): OperationTerms {
  const { sends, reads, steps, origins } = manifest;
  const declared = Object.values(steps);
  const whats = unique(Object.values(reads).flatMap(({ what, shape }) => (shape === null ? [] : [what])));
  // What the publisher's own sentence says already is not said again.
  const read = whats.filter((what) => what.toLowerCase() !== sends.toLowerCase());
  const typed = Object.entries(kinds).flatMap(([kind, words]) =>
    declared.some((step) => "fill" in step && step.kind === kind) ? [words] : [],
  );
  const asks = declared.flatMap((step) => ("commit" in step ? [step.ask.replace(/\{[\w.]+\}/g, "…")] : []));
  return {
    sends,
    details: [
      ...(read.length > 0 ? [`It reads ${listed(read)}.`] : []),
      ...(typed.length > 0 ? [`It types ${listed(typed)} into the site's forms.`] : []),
      ...asks.map((ask) => `Before the last step it asks you: “${ask}”`),
      `It works on ${listed(unique(origins.map(hostOf)))} only.`,
    ],
  };
}

type FieldKind = Extract<StepDeclaration, { fill: string }>["kind"];
const kinds: Readonly<Record<FieldKind, string>> = {
  "cc-number": "a card's number",
  "cc-exp": "its expiry date",
  "cc-csc": "its security code",
  "cc-name": "the name on it",
  "postal-code": "a postal code",
  address: "an address",
  other: "other values that came with the link",
};

function hostOf(origin: string): string {
  return URL.parse(origin)?.host ?? origin;
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}

/** `a`, `a and b`; where one of them has a comma or an "and" of its own, with semicolons. */
function listed(words: readonly string[]): string {
  if (words.some((word) => /,| and /.test(word))) return words.join("; ");
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
