import { injectionScript, injectionScriptNames } from "@passage/protocol/injection-scripts";
import { type OperationManifest, operationKey } from "@passage/protocol/manifest";
import { hasAccountId } from "@passage/protocol/reads/leaf-version";
import { sandboxTwin } from "@passage/protocol/sandbox-twin";
import type { ServerMessage } from "@passage/protocol/session";
import { isLoopback } from "../loopback.ts";
import { type AccountBinding, saltForm } from "../reads/account-codes.ts";
import { type Agreed, isSameSigned } from "./consent.ts";
import { type Publishers, untrusted } from "./publishers.ts";

type Hello = Extract<ServerMessage, { type: "server.hello" }>;

/** What a session may do on this device: the union of its operations' signed manifests. */
export interface Mandate {
  /** None: a developer's own automation, which declares nothing. */
  readonly operations: readonly OperationManifest[];
  /** Undefined: any. */
  readonly origins: readonly string[] | undefined;
  readonly signIn: readonly string[];
  /** Whether signed operations run on the real sites, where telemetry has shapes too (docs/design/reads.md). */
  readonly isLive: boolean;
  /** Where a live address of the manifests really is: itself, or its sandbox twin. */
  readonly place: (liveUrl: string) => string;
  /**
   * Notes that the person has agreed: from now on none of the manifests can be replaced by an older one.
   * @throws `manifest_untrusted` where it cannot be noted
   */
  accept(): void;
}

export interface MandateTerms {
  readonly publishers: Publishers;
  readonly websocketUrl: string;
  /** Whether a session without manifests is one that the person came for: a developer's own. */
  readonly developer: boolean;
  /** What the person has agreed to already. Absent: they are still to be asked. */
  readonly agreed: Agreed | undefined;
  readonly onLog?: ((line: string) => void) | undefined;
}

/**
 * Reads from the server's hello what the session may do.
 * @throws `manifest_untrusted` when a trusted publisher has not signed it, when it is not what the person agreed to, or when it
 * brings code for the page.
 */
export async function readMandate(
  hello: Pick<Hello, "manifests" | "sandbox" | "injectionScripts">,
  terms: MandateTerms,
): Promise<Mandate> {
  const { manifests = [], sandbox, injectionScripts = [] } = hello;
  if (!injectionScripts.every((script) => injectionScript.safeParse(script).success)) throw untrusted(codeSent);
  if (manifests.length === 0) {
    if (!terms.developer) throw untrusted("It declares nothing.");
    return { operations: [], origins: undefined, signIn: [], isLive: false, place: (url) => url, accept: () => {} };
  }
  const place = sandbox === undefined ? (origin: string) => origin : twins(sandbox, terms.websocketUrl);
  const source = { server: serverOf(terms.websocketUrl), isSandbox: sandbox !== undefined };
  const verified = await Promise.all(manifests.map((signed) => terms.publishers.verify(signed, source)));
  const operations = verified.map(({ manifest }) => manifest);
  if (new Set(operations.map(operationKey)).size < operations.length) throw untrusted("It names an operation twice.");
  if (terms.agreed) demandSameServer(terms.agreed, terms.websocketUrl);
  demandAgreed(operations, { manifests, sandbox: sandbox ?? null }, terms.agreed);
  // What a sandbox shows decides nothing about real sites.
  if (!source.isSandbox) terms.publishers.demandNewest(verified);
  for (const thumbprint of new Set(verified.flatMap((one) => (one.isTrusted ? [] : one.thumbprint))))
    terms.onLog?.(
      `Signed by a publisher that this device does not know (thumbprint ${thumbprint}): accepted, as this is test mode on this machine, which reaches no real site`,
    );
  return {
    operations,
    origins: [...new Set(operations.flatMap(({ origins }) => origins.map(place)))],
    signIn: [...new Set(operations.flatMap(({ signIn }) => signIn.map(place)))],
    isLive: sandbox === undefined,
    place,
    accept: () => {
      if (!source.isSandbox) terms.publishers.accept(verified);
    },
  };
}

const codeSent = `Its server sent code to run in the page (injectionScripts). This device runs its own scripts only, by name: ${injectionScriptNames.join(", ")}.`;

/**
 * What the session's codes for accounts are made with; undefined where nothing has one. The salt is the server's, which may be
 * hostile: all that is asked of it is its form (docs/design/reads.md).
 * @throws `manifest_untrusted` where a code for an account is read, and the salt is missing or has another form
 */
export function accountBinding(
  { operations }: Mandate,
  { accountSalt: salt }: Pick<Hello, "accountSalt">,
): AccountBinding | undefined {
  const [first] = operations;
  if (!first || !operations.some(({ reads }) => Object.values(reads).some(hasAccountId))) return undefined;
  if (salt === undefined || !saltForm.test(salt))
    throw untrusted(
      "It reads a code for an account, and its server sent no proper salt (accountSalt) to make one with.",
    );
  return { salt, provider: first.provider };
}

/** The server of a session's socket, as an origin. */
function serverOf(websocketUrl: string): string {
  return new URL(websocketUrl.replace(/^ws/, "http")).origin;
}

/**
 * The server of the link is the one that the person was told of, and it gets what leaves.
 * @throws `manifest_untrusted` when the session is with another one
 */
export function demandSameServer({ server }: Agreed, websocketUrl: string): void {
  if (serverOf(websocketUrl) !== serverOf(server))
    throw untrusted("You agreed to it with another server than the one that its session is with.");
}

function demandAgreed(
  operations: readonly OperationManifest[],
  session: Omit<Agreed, "server">,
  agreed: Agreed | undefined,
): void {
  if (new Set(operations.map(({ provider }) => provider)).size > 1) throw untrusted("It is of more than one service.");
  if (!agreed) return;
  if ((session.sandbox === null) !== (agreed.sandbox === null))
    throw untrusted(`You agreed to it in ${agreed.sandbox === null ? "live" : "test"} mode, and this is another.`);
  if (session.sandbox !== agreed.sandbox) throw untrusted("You agreed to it with another sandbox.");
  if (!isSameSigned(session.manifests, agreed.manifests))
    throw untrusted("It is not what you agreed to: open the link again to see what it is now.");
}

/**
 * The sandbox's addresses in place of the live ones. They end in `.localhost` whatever the server says, and only a server on
 * this machine may ask for them: so no server can turn a signed manifest into other public origins.
 */
function twins(sandbox: string, websocketUrl: string): (origin: string) => string {
  const isHere = (url: string) => isLoopback(URL.parse(url)?.hostname ?? "");
  if (!isHere(websocketUrl) || !isHere(sandbox))
    throw untrusted("It is for a sandbox, which only a server on this machine can have.");
  return (origin) => {
    const twin = sandboxTwin(origin, sandbox);
    if (!isHere(twin)) throw untrusted(`${origin} has no place in a sandbox.`);
    return twin;
  };
}
