import { PassageError } from "@passage/protocol/errors";
import type { OperationManifest } from "@passage/protocol/manifest";
import type { ReadDeclaration } from "@passage/protocol/reads/declaration";
import { declaredName } from "@passage/protocol/reads/digest";
import type { StepDeclaration } from "@passage/protocol/steps";
import { type AccountBinding, AccountCodes } from "../reads/account-codes.ts";
import { ReadBudget } from "../reads/read-budget.ts";
import { ReadMemory } from "../reads/read-memory.ts";
import { FilledFields } from "./filled-fields.ts";

/** What an operation declares by name. */
export type Declares = Pick<OperationManifest, "resource" | "action" | "v" | "steps" | "reads" | "says">;

/** A declaration by its name, with the addresses of the sites that really answer. */
export interface Named<Declaration> {
  readonly name: string;
  readonly declaration: Declaration;
}

/** One operation of the session while it is the active one: what it declares, and what it has read and typed. */
export class ActiveOperation {
  readonly memory = new ReadMemory();
  readonly filled = new FilledFields();
  readonly #manifest: Declares;
  readonly #steps = new Map<string, Named<StepDeclaration>>();
  readonly #reads = new Map<string, Named<ReadDeclaration>>();
  readonly #commits = new Set<string>();

  /** @param place the address that stands in for a live one. Names have the digests of the live declarations. */
  constructor(manifest: Declares, place: (liveUrl: string) => string) {
    this.#manifest = manifest;
    for (const [name, step] of Object.entries(manifest.steps))
      this.#steps.set(declaredName(name, step), { name, declaration: placedStep(step, place) });
    for (const [name, read] of Object.entries(manifest.reads))
      this.#reads.set(declaredName(name, read), {
        name,
        declaration: { ...read, on: { ...read.on, origin: originOf(place(read.on.origin)) } },
      });
  }

  /** @throws `command_not_declared` */
  step(name: string): Named<StepDeclaration> {
    return (
      this.#steps.get(name) ??
      notDeclared("The operation's manifest declares no such step, or another one of that name")
    );
  }

  /** @throws `command_not_declared` */
  read(name: string): Named<ReadDeclaration> {
    return (
      this.#reads.get(name) ??
      notDeclared("The operation's manifest declares no such read, or another one of that name")
    );
  }

  /**
   * Words to the person are those of the manifest; `{n}` in them is a number.
   * @throws `command_not_declared`
   */
  demandWords(...words: readonly (string | undefined)[]): void {
    const says = this.#manifest.says;
    for (const text of words)
      if (
        text !== undefined &&
        text !== "" &&
        !says.some((one) => one === text || one === text.replace(/\d{1,6}/, "{n}"))
      )
        notDeclared("The operation's manifest does not have these words to the person");
  }

  /** The person has answered: after a yes the commit is made now and not again; a no is final. */
  spend(commit: string): void {
    this.#commits.add(commit);
  }

  /** @throws `command_not_declared` for a commit that the person has already answered in this operation. */
  demandUnspent(commit: string): void {
    if (this.#commits.has(commit))
      notDeclared("The person has already answered this commit: each is asked about once per operation");
  }
}

/** The operations that the session's manifests declare by name. One is active at a time, each once, in their order. */
export class DeclaredOperations {
  readonly budget = new ReadBudget();
  #codes = new AccountCodes(undefined);
  #manifests: readonly Declares[] = [];
  #strict = true;
  #place: (liveUrl: string) => string = (url) => url;
  #next = 0;
  #active: ActiveOperation | null = null;

  /**
   * @param manifests of the session's operations, in the order that the person agreed to. None: a developer's own session.
   * @param account without it no read can have a code for an account.
   */
  pin(manifests: readonly Declares[], place: (liveUrl: string) => string, account?: AccountBinding): void {
    this.#codes = new AccountCodes(account);
    this.#manifests = manifests;
    this.#strict = manifests.length > 0;
    this.#place = place;
    this.#next = 0;
    this.#active = null;
  }

  /** Whether nothing may be done but what is declared by name: so until it is known whose session it is, and for operations ever after. */
  get strict(): boolean {
    return this.#strict;
  }

  get codes(): AccountCodes {
    return this.#codes;
  }

  /** Whether the session's places are the real ones, and not stand-ins. */
  get isLive(): boolean {
    const places = this.#manifests.flatMap(({ steps }) =>
      Object.values(steps).map((step) => ("go" in step ? step.go : "")),
    );
    return places.some((place) => place !== "" && this.#place(place) === place);
  }

  /** @throws `command_not_declared` for an operation that is not of the session, or that was begun before. */
  begin(operation: string): void {
    const index = this.#manifests.findIndex(
      ({ resource, action }, at) => at >= this.#next && `${resource}:${action}` === operation,
    );
    const manifest = this.#manifests[index];
    if (!manifest) notDeclared("The session has no such operation that is still to come");
    this.#next = index + 1;
    this.#active = new ActiveOperation(manifest as Declares, this.#place);
  }

  /** @throws `command_not_declared` before an operation was begun. */
  get active(): ActiveOperation {
    return this.#active ?? notDeclared("No operation is active: begin one that the session's manifests declare");
  }
}

export function notDeclared(message: string): never {
  throw new PassageError("command_not_declared", message);
}

function placedStep(step: StepDeclaration, place: (liveUrl: string) => string): StepDeclaration {
  if ("go" in step) return { ...step, go: place(step.go) };
  if ("origin" in step) return { ...step, origin: originOf(place(step.origin)) };
  if ("frame" in step && step.frame)
    return { ...step, frame: { ...step.frame, origin: originOf(place(step.frame.origin)) } };
  return step;
}

function originOf(address: string): string {
  return URL.parse(address)?.origin ?? address;
}
