import { PassageError } from "@passage/protocol/errors";
import { type Agreed, type AskConsent, NoConsentError } from "../mandate/consent.ts";
import { consentTerms } from "../mandate/consent-terms.ts";
import { readMandate } from "../mandate/mandate.ts";
import type { Publishers } from "../mandate/publishers.ts";

/** What a link says of itself before it is claimed: the part of `GET /link/details` that a person is asked about. */
export interface Offer {
  /** Where the link's server is, such as `https://passage.example`. */
  readonly server: string;
  /** With which origin the session will be, as that server says. Absent, of an older server: with `server`. */
  readonly sessionServer?: string | undefined;
  readonly requestedBy: string;
  readonly manifests: readonly string[];
  readonly sandbox: string | null;
}

interface AgreementTerms {
  readonly consent: AskConsent;
  readonly signal?: AbortSignal | undefined;
  readonly onLog?: ((line: string) => void) | undefined;
}

/**
 * Asks the person about the link.
 * @throws {NoConsentError}; `manifest_untrusted`
 */
export async function agreementTo(
  offer: Offer,
  publishers: Publishers,
  { consent, signal, onLog }: AgreementTerms,
): Promise<Agreed> {
  const { server: websocketUrl, manifests, sandbox } = offer;
  demandOwnAddress(offer);
  const offered = { manifests: [...manifests], ...(sandbox !== null && { sandbox }) };
  const mandate = await readMandate(offered, {
    publishers,
    websocketUrl,
    developer: false,
    agreed: undefined,
    onLog,
  });
  const { operations, isLive } = mandate;
  const stopped = Promise.withResolvers<null>();
  signal?.addEventListener("abort", () => stopped.resolve(null), { once: true });
  if (signal?.aborted) stopped.resolve(null);
  const said = await Promise.race([consent(consentTerms(operations, { ...offer, isLive })), stopped.promise]);
  if (said === null) throw new NoConsentError("Stopped before the link was taken: it can still be opened.");
  if (!said) throw new NoConsentError("You did not agree. Nothing was done, and the link can still be opened.");
  mandate.accept();
  return { server: websocketUrl, manifests, sandbox };
}

/**
 * A link is opened at the address with which its session will be: a claim at another one would be lost when the session is
 * refused. The address that the server names is only told to the person. Nothing is sent to it, or asked in its name.
 */
function demandOwnAddress({ server, sessionServer }: Offer): void {
  if (sessionServer === undefined) return;
  const named = URL.parse(sessionServer)?.origin;
  if (named === new URL(server).origin) return;
  const remedy = named?.startsWith("http") ? `Open the link at ${named}.` : "That server's PUBLIC_URL is no address.";
  throw new PassageError(
    "manifest_untrusted",
    `This link was opened at ${new URL(server).origin}, and its session would be with another address. ${remedy} It was not taken.`,
  );
}
