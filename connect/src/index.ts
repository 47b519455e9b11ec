export type { BatchCommand, BatchResults, Browser, ReadRequest, ReadResult } from "./browser/browser.ts";
export type { CallOptions } from "./browser/command.ts";
export type { CommandName, CommandParams, CommandResult } from "./browser/commands.ts";
export type { SessionEnd } from "./browser/ending.ts";
export type { BrowserEvents } from "./browser/session-worker.ts";
export type { ShapeValue } from "./browser/shape-value.ts";
export type { WebSocketClass, WebSocketLike } from "./browser/socket.ts";
export type { LocalErrorCode, PassageErrorCode } from "./errors.ts";
export { PassageError } from "./errors.ts";
export type { RequestOptions } from "./http/client-call.ts";
export type { Fetch } from "./http/http-request.ts";
export type { Page, Pages } from "./http/pages.ts";
export type { PassageOptions } from "./passage.ts";
export { Passage } from "./passage.ts";
export type {
  AnsweredErrorCode,
  AttemptList,
  AuditEntry,
  AuditLog,
  Commands,
  CreatedKey,
  CreatedWebhookEndpoint,
  CreateEndpointRequest,
  CreateKeyRequest,
  CreateLinkRequest,
  CreateSessionRequest,
  Delivery,
  DeliveryAttempt,
  Drift,
  ElementState,
  ErrorValue,
  EventList,
  EventSummary,
  Issue,
  Json,
  Key,
  KeyList,
  Leaf,
  LinkAttempt,
  LinkError,
  LinkList,
  LinkStatus,
  LinkSummary,
  ListEventsQuery,
  ListLinksQuery,
  LoggedEvent,
  OperationHealth,
  OperationName,
  PageQuery,
  Provider,
  ProviderHealth,
  RedeliverSinceRequest,
  RequestedOperation,
  RotatedSecret,
  Scope,
  SessionErrorCode,
  SessionEvents,
  SessionList,
  SessionRecord,
  SessionSummary,
  SessionTrace,
  Shape,
  SignedDelivery,
  SigningKeyList,
  SubscribableEventType,
  UpdateEndpointRequest,
  WebhookBody,
  WebhookEndpoint,
  YieldCondition,
  YieldRequest,
  YieldResult,
} from "./protocol.generated.ts";
export type { Catalog } from "./resources/catalog.generated.ts";
export type { Events } from "./resources/events.ts";
export type { Keys } from "./resources/keys.ts";
export type { CreatedLink, CreateLinkShorthand, Link, ResultsOfLink, TypedOperation } from "./resources/link.ts";
export type { GetOptions, Links, WaitOptions } from "./resources/links.ts";
export type { Providers } from "./resources/providers.ts";
export type {
  AnyResults,
  ArgumentsOf,
  OperationType,
  ProviderId,
  ResultOf,
  ResultsOf,
} from "./resources/results.ts";
export type { CompleteLinkRequest, Sandbox } from "./resources/sandbox.ts";
export type { Session, StoredSession } from "./resources/session.ts";
export type { Sessions } from "./resources/sessions.ts";
export type { WebhookEndpoints } from "./resources/webhook-endpoints.ts";
export type { WebhookKeys } from "./resources/webhook-keys.ts";
export type {
  EndpointDisabledEvent,
  EndpointTestEvent,
  LinkCancelledEvent,
  LinkCompleteEvent,
  LinkExpiredEvent,
  LinkFailedEvent,
  WebhookEvent,
} from "./webhooks/event.ts";
export type { NodeRequest, ReceivedWebhook } from "./webhooks/raw-body.ts";
export type { VerifyWebhookOptions } from "./webhooks/verify-webhook.ts";
export { verifyWebhook } from "./webhooks/verify-webhook.ts";
