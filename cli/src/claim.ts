import type { Claimed, ErrorBody } from "@passage/protocol/http";

/** What a person hands to `passage open`: a claim URL, or a bare code and the server it belongs to. */
export interface ClaimTarget {
  readonly server: string;
  readonly code: string;
}

/** @throws with what to do when it is neither a claim code nor a URL that carries one. */
export function readTarget(codeOrUrl: string, server: string): ClaimTarget {
  const url = URL.parse(codeOrUrl);
  const code = url ? url.searchParams.get("code") : codeOrUrl;
  if (!code?.startsWith("clm_"))
    throw new Error(
      "That is not a claim code (clm_…) nor a claim URL (…/claim?code=clm_…). Both come with the created link.",
    );
  return { server: url ? url.origin : server, code };
}

/** Takes the link for this device. */
export async function claimLink({ server, code }: ClaimTarget): Promise<Claimed> {
  const response = await fetch(`${server}/link/claim`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
  }).catch((cause) => {
    throw new Error(`The server at ${server} does not answer. Is it running?`, { cause });
  });
  const body = (await response.json()) as Claimed | ErrorBody;
  if ("error" in body) throw new Error(body.error);
  return body;
}
