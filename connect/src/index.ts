export type { Fetch } from "./api.ts";
export type { AnsweredErrorCode, Issue, LocalErrorCode, PassageErrorCode } from "./errors.ts";
export { PassageError } from "./errors.ts";
export type { LinkCompleteEvent, LinkFailedEvent, WebhookBody, WebhookEvent } from "./event.ts";
export type {
  CreatedLink,
  CreateLinkRequest,
  CreateLinkShorthand,
  Link,
  LinkError,
  LinkList,
  LinkStatus,
  LinkSummary,
  ListLinksQuery,
  RequestedOperation,
} from "./link.ts";
export type { Links } from "./links.ts";
export type { PassageOptions } from "./passage.ts";
export { Passage } from "./passage.ts";
export type { ReceivedWebhook } from "./received.ts";
export type { VerifyWebhookOptions } from "./webhook.ts";
export { verifyWebhook } from "./webhook.ts";
