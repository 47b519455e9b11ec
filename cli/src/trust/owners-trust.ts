import { day } from "@passage/device/freshness";
import { revocation } from "@passage/device/publishers";
import type { Trust } from "@passage/device/trust";
import type { PublisherKey } from "@passage/protocol/http/publishers";
import { publishedKeys } from "./published-keys.ts";
import { TrustFile } from "./trust-file.ts";

/**
 * What the owner's file says, for a device. A key is looked up again at each session, at the session's server and at the one that
 * it was taken from. A server that does not answer changes nothing.
 */
export function ownersTrust(file = new TrustFile()): Trust {
  const asked = new Map<string, Promise<PublisherKey[]>>();
  const published = (server: string) => {
    const answer = asked.get(server) ?? publishedKeys(server);
    asked.set(server, answer);
    return answer;
  };
  return {
    added: file.publishers.filter(({ removedAt }) => removedAt === undefined).map(({ key }) => key),
    published,
    async refusal(thumbprint, server) {
      const known = file.find(thumbprint);
      if (known?.removedAt !== undefined)
        return `You have removed its publisher (${known.key.name}) on ${day(known.removedAt)}. To trust it again, run: passage trust add ${server}`;
      for (const place of new Set([server, known?.server ?? server])) {
        const keys = await published(place).catch(() => []);
        const revoked = keys.find((key) => key.kid === thumbprint && key.revoked);
        if (!revoked) continue;
        // Any other server could make a device refuse a publisher for good.
        if (place === known?.server) file.revoke(revoked);
        return revocation(revoked.name, revoked.revokedAt);
      }
      return null;
    },
    newest: (thumbprint, operation) => file.newest(thumbprint, operation),
    accept: (thumbprint, operation, accepted) => file.accept(thumbprint, operation, accepted),
  };
}
