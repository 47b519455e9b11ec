export type { Fetch } from "./api.ts";
export type { BatchCommand, BatchResults, Browser, ReadRequest, ReadResult } from "./browser.ts";
export type { RequestOptions } from "./call.ts";
export type { Catalog } from "./catalog.generated.ts";
export type { CallOptions } from "./command.ts";
export type { CommandName, CommandParams, CommandResult } from "./commands.ts";
export type { LocalErrorCode, PassageErrorCode } from "./errors.ts";
export { PassageError } from "./errors.ts";
export type {
  EndpointDisabledEvent,
  EndpointTestEvent,
  LinkCancelledEvent,
  LinkCompleteEvent,
  LinkExpiredEvent,
  LinkFailedEvent,
  WebhookEvent,
} from "./event.ts";
export type { Events } from "./events.ts";
export type { Keys } from "./keys.ts";
export type { CreatedLink, CreateLinkShorthand, Link, ResultsOfLink, TypedOperation } from "./link.ts";
export type { GetOptions, Links, WaitOptions } from "./links.ts";
export type { SessionEnd } from "./over.ts";
export type { Page, Pages } from "./pages.ts";
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
export type { Providers } from "./providers.ts";
export type { NodeRequest, ReceivedWebhook } from "./received.ts";
export type {
  AnyResults,
  ArgumentsOf,
  OperationType,
  ProviderId,
  ResultOf,
  ResultsOf,
} from "./results.ts";
export type { CompleteLinkRequest, Sandbox } from "./sandbox.ts";
export type { Session, StoredSession } from "./session.ts";
export type { Sessions } from "./sessions.ts";
export type { ShapeValue } from "./shape-value.ts";
export type { WebhookKeys } from "./signing-keys.ts";
export type { WebSocketClass, WebSocketLike } from "./socket.ts";
export type { VerifyWebhookOptions } from "./webhook.ts";
export { verifyWebhook } from "./webhook.ts";
export type { WebhookEndpoints } from "./webhook-endpoints.ts";
export type { BrowserEvents } from "./worker.ts";
