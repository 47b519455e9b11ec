import { DeclaredOperations } from "./declared/operations.ts";
import { Egress, type EgressOptions } from "./egress/gate.ts";
import { PrivatePhase } from "./egress/private-phase.ts";
import type { ExecutorParts } from "./executor.ts";
import { FreshDocument } from "./fresh-document.ts";
import { Origins } from "./origins.ts";
import { OverlayKeeper } from "./overlay.ts";
import type { Page } from "./page.ts";
import { SealedValues } from "./sealed-values.ts";
import { SensitiveFields } from "./sensitive-fields.ts";

export interface PartsOptions extends Omit<EgressOptions, "isStrict" | "idBehind">, Pick<ExecutorParts, "onCommand"> {
  /** Whether the whole session was refused: its server is told why, in words. Default: never. */
  readonly isRefused?: (() => boolean) | undefined;
}

/** The parts of one device around its page. Nothing is pinned yet, and the gate sends nowhere until it is attached. */
export function partsAround(page: Page, { isRefused, onCommand, ...egressOptions }: PartsOptions = {}): ExecutorParts {
  const privacy = new PrivatePhase(() => page.url());
  const operations = new DeclaredOperations();
  const egress = new Egress(privacy, {
    ...egressOptions,
    idBehind: (code) => operations.codes.idBehind(code),
    isStrict: () => operations.strict && isRefused?.() !== true,
  });
  return {
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
}
