import {
  documentedEventTypes,
  endpointEvent,
  linkEvent,
  standardHeaders,
  subscribableEventTypes,
  webhookHeaders,
} from "@passage/protocol/events";
import { secretPrefixes } from "@passage/protocol/ids";
import { open, plain } from "@passage/protocol/named-schemas";
import { routes } from "@passage/protocol/routes/table";
import * as z from "zod";

/** Each event with the schema of its body, and how a receiver proves where it comes from. */
export function webhooks(origin: string): object {
  return {
    events: [...linkEvent.options, ...endpointEvent.options].map((schema) => {
      const type = schema.shape.event.value;
      return {
        type,
        description: schema.description ?? "",
        sentToLinkWebhookUrl: includes(documentedEventTypes, type),
        subscribable: includes(subscribableEventTypes, type),
        schema: plain(z.toJSONSchema(schema, { override: open }) as Record<string, unknown>),
      };
    }),
    signing: {
      es256: {
        header: webhookHeaders.signature,
        form: "A JWT in compact form. Its `kid` names the key.",
        algorithm: "ES256",
        claims: {
          request_body_sha256: "SHA-256 of the body's bytes, in lower-case hex. Compare it with your own.",
          iat: "When it was signed, in epoch seconds. Refuse what is more than 300 seconds away.",
          aud: "Your organization's id, as GET /v1/webhook_keys returns it.",
          jti: "The event's id, the same on every delivery.",
        },
        key: {
          method: routes.getWebhookKey.method,
          url: `${origin}${routes.getWebhookKey.path}`,
          body: { key_id: "kid" },
        },
        jwks: `The jwksUrl of GET ${origin}${routes.listSigningKeys.path}`,
      },
      standardWebhooks: {
        headers: Object.values(standardHeaders),
        algorithm: "HMAC-SHA256",
        signed: "webhook-id, webhook-timestamp and the body, joined by dots.",
        secret: `\`${secretPrefixes.webhookSecret}\` and the key in base64: of the endpoint, or of links' own webhookUrl after POST ${routes.rotateLinkSecret.path}.`,
      },
    },
    delivery: {
      delivered: "2xx within 15 seconds. Redirects are failures.",
      atLeastOnce: "Recognise a repeat by `id`.",
    },
  };
}

function includes(types: readonly string[], type: string): boolean {
  return types.includes(type);
}
