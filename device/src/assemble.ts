import { DeclaredOperations, type Declares } from "./declared/operations.ts";
import { Egress, type EgressOptions } from "./egress/gate.ts";
import { PrivatePhase } from "./egress/private-phase.ts";
import { Executor } from "./executor/executor.ts";
import type { ExecutorParts } from "./executor/parts.ts";
import { SealedValues } from "./executor/sealed-values.ts";
import { Origins } from "./mandate/origins.ts";
import { FreshDocument } from "./page/fresh-document.ts";
import { OverlayKeeper } from "./page/overlay.ts";
import type { Page } from "./page/page.ts";
import { SensitiveFields } from "./page/sensitive-fields.ts";
import type { AccountBinding } from "./reads/account-codes.ts";

export interface AssemblyOptions
  extends Omit<EgressOptions, "isStrict" | "idBehind">,
    Pick<ExecutorParts, "onCommand"> {
  /** Whether the whole session was refused: its server is told why, in words. Default: never. */
  readonly isRefused?: (() => boolean) | undefined;
}

/** What a session may do. Origins are those of the pages that really open: the sandbox's in test mode. */
export interface Terms {
  /** Undefined: every one. */
  readonly origins: readonly string[] | undefined;
  readonly signIn: readonly string[];
  /** Empty: the automation is a developer's own, with every command. */
  readonly operations: readonly Declares[];
  /** Where a live address really is. */
  readonly place: (liveUrl: string) => string;
  /** What codes for accounts are made with. Without it no read has one. */
  readonly account?: AccountBinding | undefined;
}

/** One device around its page: the executor and the parts that it works with. */
export interface AssembledDevice extends ExecutorParts {
  readonly executor: Executor;
  /** Holds the device to the terms. Until then it declares nothing and may go anywhere. */
  pin(terms: Terms): void;
  /** Drops the key and every secret, at the end. */
  forget(): void;
}

/** Assembles the device around the page. Nothing leaves it until `egress` is attached to something that sends. */
export function assemble(
  page: Page,
  { isRefused, onCommand, ...egressOptions }: AssemblyOptions = {},
): AssembledDevice {
  const privacy = new PrivatePhase(() => page.url());
  const operations = new DeclaredOperations();
  const egress = new Egress(privacy, {
    ...egressOptions,
    idBehind: (code) => operations.codes.idBehind(code),
    isStrict: () => operations.strict && isRefused?.() !== true,
  });
  const parts: ExecutorParts = {
    page,
    privacy,
    operations,
    egress,
    origins: new Origins(),
    fields: new SensitiveFields(page, privacy),
    fresh: new FreshDocument(page),
    overlay: new OverlayKeeper(page),
    sealed: new SealedValues(egress.secrets),
    onCommand,
  };
  return {
    ...parts,
    executor: new Executor(parts),
    pin: ({ origins, signIn, operations: declared, place, account }) => {
      parts.origins.pin(origins);
      privacy.pinSignIn(signIn);
      operations.pin(declared, place, account);
    },
    forget: () => {
      parts.sealed.forget();
      egress.secrets.wipe();
    },
  };
}
