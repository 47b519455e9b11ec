export type { Fetch } from "./api.ts";
export type { BatchCommand, BatchResults, Browser } from "./browser.ts";
export type {
  CallOptions,
  CommandName,
  CommandParams,
  CommandResult,
  Commands,
  ElementState,
  Json,
  YieldCondition,
  YieldRequest,
  YieldResult,
} from "./commands.ts";
export type {
  AnsweredErrorCode,
  ErrorValue,
  Issue,
  LocalErrorCode,
  PassageErrorCode,
  SessionErrorCode,
} from "./errors.ts";
export { PassageError } from "./errors.ts";
export type {
  EndpointDisabledEvent,
  EndpointTestEvent,
  LinkCompleteEvent,
  LinkExpiredEvent,
  LinkFailedEvent,
  WebhookBody,
  WebhookEvent,
} from "./event.ts";
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
export type { SessionEnd } from "./over.ts";
export type { PassageOptions } from "./passage.ts";
export { Passage } from "./passage.ts";
export type { ReceivedWebhook } from "./received.ts";
export type { CreateSessionRequest, Session, StoredSession } from "./session.ts";
export type { Sessions } from "./sessions.ts";
export type { WebSocketClass, WebSocketLike } from "./socket.ts";
export type { VerifyWebhookOptions } from "./webhook.ts";
export { verifyWebhook } from "./webhook.ts";
export type { BrowserEvents } from "./worker.ts";
