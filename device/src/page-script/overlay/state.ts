import type { ConsentTerms } from "../../mandate/consent-terms.ts";

/** What the overlay shows. */
export type Overlay =
  | {
      readonly mode: "working";
      readonly heading: string;
      readonly subheading: string;
      readonly progress: number | null;
    }
  | ({
      readonly mode: "yours";
      readonly heading: string;
      readonly subheading: string;
      readonly doneButton: boolean;
    } & Card)
  /** A question to the person, who has nothing else of the page until they have said yes or no. */
  | ({ readonly mode: "asks"; readonly heading: string; readonly subheading: string } & Card)
  /** What a link will do, before anything is done: it fills the window. */
  | ({ readonly mode: "consent" } & ConsentTerms & Card);

/** What a person can answer. Each card has an id of its own, which its answer names. */
export interface Card {
  readonly card: string;
}
