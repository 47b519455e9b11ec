export type { Fetch } from "./api.ts";
export type { BatchCommand, BatchResults, Browser, ReadRequest, ReadResult } from "./browser.ts";
export type { PageQuery, RequestOptions } from "./call.ts";
export type { Catalog } from "./catalog.generated.ts";
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
  LinkCancelledEvent,
  LinkCompleteEvent,
  LinkExpiredEvent,
  LinkFailedEvent,
  WebhookBody,
  WebhookEvent,
} from "./event.ts";
export type { Events } from "./events.ts";
export type { AuditEntry, AuditLog, CreatedKey, CreateKeyRequest, Key, KeyList, Scope } from "./key.ts";
export type { Keys } from "./keys.ts";
export type {
  AttemptList,
  CreatedLink,
  CreateLinkRequest,
  CreateLinkShorthand,
  Link,
  LinkAttempt,
  LinkError,
  LinkList,
  LinkStatus,
  LinkSummary,
  ListLinksQuery,
  RequestedOperation,
  ResultsOfLink,
  TypedOperation,
} from "./link.ts";
export type { GetOptions, Links, WaitOptions } from "./links.ts";
export type {
  Delivery,
  DeliveryAttempt,
  EventList,
  EventSummary,
  ListEventsQuery,
  LoggedEvent,
  SignedDelivery,
} from "./logged-event.ts";
export type { SessionEnd } from "./over.ts";
export type { Page, Pages } from "./pages.ts";
export type { PassageOptions } from "./passage.ts";
export { Passage } from "./passage.ts";
export type { OperationHealth, Provider, ProviderHealth, Providers } from "./providers.ts";
export type { NodeRequest, ReceivedWebhook } from "./received.ts";
export type {
  AnyResults,
  ArgumentsOf,
  OperationName,
  OperationType,
  ProviderId,
  ResultOf,
  ResultsOf,
} from "./results.ts";
export type { CompleteLinkRequest, Sandbox } from "./sandbox.ts";
export type { CreateSessionRequest, Session, StoredSession } from "./session.ts";
export type { SessionEvents, SessionList, SessionRecord, SessionSummary, SessionTrace } from "./session-record.ts";
export type { Sessions } from "./sessions.ts";
export type { Drift, Leaf, Shape, ShapeValue } from "./shape.ts";
export type { SigningKeyList, WebhookKeys } from "./signing-keys.ts";
export type { WebSocketClass, WebSocketLike } from "./socket.ts";
export type { VerifyWebhookOptions } from "./webhook.ts";
export { verifyWebhook } from "./webhook.ts";
export type {
  CreatedWebhookEndpoint,
  CreateEndpointRequest,
  RedeliverSinceRequest,
  RotatedSecret,
  SubscribableEventType,
  UpdateEndpointRequest,
  WebhookEndpoint,
} from "./webhook-endpoint.ts";
export type { WebhookEndpoints } from "./webhook-endpoints.ts";
export type { BrowserEvents } from "./worker.ts";
