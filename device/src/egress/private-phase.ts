import { PassageError } from "@passage/protocol/errors";
import type { FieldsReport } from "../page-script/api.ts";
import type { SensitiveKind } from "../page-script/sensitive-kind.ts";

/** Why the page is private, by the name that an error's `details.reason` gives. */
export type PrivateReason = "person_in_control" | "sensitive_field" | "sign_in_origin";

const waitForPerson = "Yield to the person, or wait until they have signed in.";
const remedies: Readonly<Record<PrivateReason, string>> = {
  person_in_control: waitForPerson,
  sign_in_origin: waitForPerson,
  sensitive_field: `${waitForPerson} If they have signed in, the field is the page's own (such as "change password"): navigate to another page of the site without such a field, and read there, or ask for the data from there with fetchInPage.`,
};

/** Different questions about private pages that one session may ask: each answer can tell one bit. */
const mostQuestions = 200;

/**
 * Whether the page's content may leave the device, and why not. Only the device enters and leaves a private phase: the
 * person's turn, a sensitive field in any frame, a sign-in origin of the operation.
 */
export class PrivatePhase {
  readonly #url: () => string;
  readonly #documents = new Map<string, readonly SensitiveKind[]>();
  readonly #asked = new Set<string>();
  #signIn: ReadonlySet<string> = new Set();
  #personInControl = false;
  #heardOut = true;
  #hadField = false;
  #cameInTurn = false;
  #entered = 0;

  /** @param url tells where the main frame is. */
  constructor(url: () => string) {
    this.#url = url;
  }

  get reason(): PrivateReason | null {
    if (this.#personInControl) return "person_in_control";
    if (this.kinds.length > 0) return "sensitive_field";
    return this.isSignIn(this.#url()) ? "sign_in_origin" : null;
  }

  get kinds(): readonly SensitiveKind[] {
    return [...new Set([...this.#documents.values()].flat())].sort();
  }

  /** Grows with each sensitive field that comes, so that one which came and went between two looks is noticed. */
  get entered(): number {
    return this.#entered;
  }

  /** Whether this page has had a sensitive field since its document came. */
  get hadField(): boolean {
    return this.#hadField;
  }

  /** Whether the page came to its address during the person's turn. */
  get cameInTurn(): boolean {
    return this.#cameInTurn;
  }

  isSignIn(address: string): boolean {
    return this.#signIn.has(URL.parse(address)?.origin ?? "");
  }

  /** The operation's sign-in origins: the page is private there at all times. */
  pinSignIn(origins: readonly string[] | undefined): void {
    this.#signIn = new Set((origins ?? []).map((origin) => URL.parse(origin)?.origin ?? origin));
  }

  handOver(toPerson: boolean): void {
    this.#personInControl = toPerson;
    if (toPerson) this.#heardOut = false;
  }

  /** Whether the page may still tell of what the person typed in a turn that runs, or has just ended. */
  get hearsPerson(): boolean {
    return this.#personInControl || !this.#heardOut;
  }

  /** All frames have told what they had to tell. */
  heardOut(): void {
    this.#heardOut = !this.#personInControl;
  }

  /** What one frame's document said. */
  fieldsSeen({ document, kinds, had }: FieldsReport): void {
    this.#hadField ||= had === true;
    if (kinds.length === 0) return void this.#documents.delete(document);
    this.#documents.set(document, kinds);
    this.#hadField = true;
    this.#entered++;
  }

  /** What all frames said: a document that is not among them is gone. */
  allFieldsSeen(reports: readonly FieldsReport[]): void {
    this.#documents.clear();
    for (const report of reports) this.fieldsSeen(report);
  }

  /** The main frame has another document: frames and fields of the old one are gone with it. */
  documentChanged(): void {
    this.#documents.clear();
    this.#hadField = false;
    this.addressChanged();
  }

  /** The main frame has another address, perhaps in the same document. */
  addressChanged(): void {
    this.#cameInTurn = this.#personInControl;
  }

  /** @throws `blocked_private` while the page is private. */
  demandOpen(): void {
    const error = this.refusal();
    if (error) throw error;
  }

  refusal(): PassageError | null {
    const { reason } = this;
    if (!reason) return null;
    const message = `${this.#because(reason)} ${remedies[reason]}`;
    return new PassageError("blocked_private", message, { details: { reason } });
  }

  /**
   * Counts a question whose answer depends on the page: a selector, a pattern, a text to look for.
   * @throws `blocked_private` in a private phase, once too many different ones were asked.
   */
  question(text: string): void {
    if (this.reason === null || this.#asked.has(text)) return;
    if (this.#asked.size >= mostQuestions) {
      const message = `This session has asked ${mostQuestions} different questions about private pages, and may ask no other.`;
      throw new PassageError("blocked_private", message, { details: { reason: "too_many_questions" } });
    }
    this.#asked.add(text);
  }

  #because(reason: PrivateReason): string {
    switch (reason) {
      case "person_in_control":
        return "The person has the page, so its content stays on the device.";
      case "sensitive_field":
        return `The page has a field for a secret (${this.kinds.join(", ")}), so its content stays on the device.`;
      case "sign_in_origin":
        return "The page is at a sign-in address of this operation, so its content stays on the device.";
    }
  }
}
