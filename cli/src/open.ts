import { openDeviceThenClaim } from "@passage/device/device";
import type { HostName } from "@passage/device/host-names";
import type { Mandate } from "@passage/device/mandate";
import { type ClaimTarget, claimLink, readOffer, readSessionUrl, readTarget } from "./claim.ts";
import { ledgerLines, requireWritable, saveLedger } from "./ledger.ts";
import { noteLine, printLine } from "./print.ts";
import { DataFolder } from "./runtime/data-folder.ts";
import { interrupted } from "./signals.ts";
import { ownersTrust } from "./trust/owners-trust.ts";

export interface OpenOptions {
  readonly server?: string;
  readonly headless?: boolean;
  readonly host?: HostName;
  readonly cdpPort?: number;
  readonly verbose?: boolean;
  readonly data?: string;
  /** Where to save what was sent. */
  readonly ledger?: string;
  readonly trustPublisher?: readonly string[];
  /** Agrees to what the link lists without asking in the window. */
  readonly agree?: boolean;
}

/**
 * Is the device: opens a window, then claims the link (or joins the session), and runs until it has ended. Whatever fails before
 * the claim leaves the link pending. Exit status 0 on complete.
 */
export async function open(codeOrUrl: string, options: OpenOptions): Promise<number> {
  const running = new DataFolder(options.data).server;
  const server = options.server ?? running?.publicUrl ?? running?.url ?? "http://localhost:8787";
  const developers = readSessionUrl(codeOrUrl);
  const target = developers ? null : readTarget(codeOrUrl, server);
  const offer = target ? await readOffer(target) : null;
  if (offer) demandSomebodyToAsk(options);
  if (options.ledger) requireWritable(options.ledger);
  const trust = ownersTrust();
  const stop = new AbortController();
  void interrupted().then(() => stop.abort());
  const claim = async () => {
    if (stop.signal.aborted) throw new Error("Stopped before the link was taken: it can still be opened.");
    return developers ?? (await claimLink(target as ClaimTarget));
  };
  if (offer && !options.agree) noteLine("The window asks whether you agree to what this link will do");
  const end = await openDeviceThenClaim(
    { offer, claim },
    {
      developer: developers !== null,
      trustedPublishers: options.trustPublisher,
      trust,
      onMandate: printMandate,
      ...(options.agree && { consent: async () => true }),
      headless: options.headless ?? false,
      ...(options.host && { host: options.host }),
      ...(options.cdpPort !== undefined && { cdpPort: options.cdpPort }),
      onReady: ({ cdpPort }) => {
        if (cdpPort !== null) noteLine(`DevTools on http://127.0.0.1:${cdpPort}`);
      },
      ...(options.verbose && {
        onCommand: ({ id, command, ms, error }) =>
          noteLine(`${id.padStart(3)} ${command} ${ms} ms${error ? ` ${error}` : ""}`),
      }),
      onLog: (line) => noteLine(line),
      signal: stop.signal,
    },
  );
  for (const line of ledgerLines(end.ledger)) printLine(line);
  if (options.ledger) saveLedger(options.ledger, end.ledger);
  if (end.phase === "complete") printLine("Complete: the result is delivered, and this browser's profile is wiped.");
  else printLine(`Not complete (${end.error?.code ?? end.phase}): ${end.error?.message ?? "the session ended"}`);
  if (end.returnUrl) printLine(`Back to: ${end.returnUrl}`);
  return end.phase === "complete" ? 0 : 1;
}

/** Consent and a write's question are asked in the window, so that without one somebody else has to answer. */
function demandSomebodyToAsk({ headless, agree, cdpPort }: OpenOptions): void {
  if (headless && !agree && cdpPort === undefined)
    throw new Error(
      "Nobody can be asked in a window that does not show. Leave out --headless, or add --agree to agree to what the link lists, or --cdp-port for a program that plays the person.",
    );
}

function printMandate({ operations }: Mandate): void {
  if (operations.length === 0)
    return noteLine("A developer's own automation drives this page. No publisher has signed what it may read.");
  const origins = [...new Set(operations.flatMap((one) => one.origins))].map((origin) => URL.parse(origin)?.host);
  noteLine(`${operations[0]?.providerName}, signed by its publisher. This session can send:`);
  for (const { sends } of operations) noteLine(`  ${sends}`);
  noteLine(`  and works on ${origins.join(", ")} only`);
}
