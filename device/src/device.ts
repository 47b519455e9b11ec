import { openHost } from "./hosts/open-host.ts";
import { askInWindow } from "./mandate/consent.ts";
import type { ConsentTerms } from "./mandate/consent-terms.ts";
import { demandSameServer } from "./mandate/mandate.ts";
import { Publishers } from "./mandate/publishers.ts";
import { Page } from "./page/page.ts";
import { demandSafeAddress } from "./session/connection.ts";
import type { DeviceOptions, DeviceSettings, EndedDevice, SessionPlace } from "./session/device-options.ts";
import { agreementTo, type Offer } from "./session/offer.ts";
import { serve } from "./session/session.ts";

export type {
  DeviceOptions,
  DeviceOutcome,
  DeviceSettings,
  EndedDevice,
  SessionPlace,
} from "./session/device-options.ts";

/** A link that is claimed once the person has agreed to it. */
export interface LinkToOpen {
  /** What the link says of itself. Null: a developer's own session, which declares nothing that could be asked about. */
  readonly offer: Offer | null;
  readonly claim: () => Promise<SessionPlace>;
}

/** Opens a browser for the session, lets the session drive it to its end, and leaves nothing of it behind. */
export async function openDevice(options: DeviceOptions): Promise<EndedDevice> {
  demandSafeAddress(options.websocketUrl);
  return openDeviceThenClaim({ offer: null, claim: async () => options }, options);
}

/**
 * As {@link openDevice}, but takes the session only when the browser is up and the person has agreed: whatever fails before
 * that leaves the link to others.
 *
 * @throws {NoConsentError}; `manifest_untrusted`; and what `claim` throws
 */
export async function openDeviceThenClaim(
  { offer, claim }: LinkToOpen,
  settings: DeviceSettings,
): Promise<EndedDevice> {
  const { headless, cdpPort, chromiumPath, pageScript } = settings;
  const publishers = await Publishers.read(settings.trustedPublishers, settings.publishers, settings.trust);
  const host = await openHost(settings.host ?? "chromium", { headless, cdpPort, chromiumPath, pageScript });
  try {
    settings.onReady?.({ pid: host.pid, cdpPort: host.cdpPort });
    const page = new Page(host.webview);
    const consent = settings.consent ?? ((terms: ConsentTerms) => askInWindow(page, terms));
    const agreed = offer ? await agreementTo(offer, publishers, { ...settings, consent }) : undefined;
    const place = await claim();
    demandSafeAddress(place.websocketUrl);
    if (agreed) demandSameServer(agreed, place.websocketUrl);
    return await serve(page, publishers, { ...settings, ...place, consent, agreed });
  } finally {
    await host.close();
    settings.onLog?.("browser closed, profile wiped");
  }
}
