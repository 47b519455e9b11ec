import { DurableObject } from "cloudflare:workers";
import type { AuditEntry } from "@passage/protocol/http/audit-log";
import type { ConfiguredOrganization, OrganizationCount, OrganizationDoor } from "../doors.ts";
import type { Env } from "../env.ts";
import { isIdOf } from "../ids.ts";
import { migrate } from "../migrate.ts";
import { assemble } from "./assemble.ts";
import { Attempts } from "./attempts/attempts.ts";
import type { Actor } from "./audit-log.ts";
import { Events } from "./events/events.ts";
import type { IdempotentRequest } from "./idempotency.ts";
import type { OrganizationAddress, Settings } from "./identity.ts";
import type { KeyFacts } from "./keys/admission.ts";
import { Keys } from "./keys/keys.ts";
import { Links } from "./links/links.ts";
import { organizationMigrations } from "./migrations.ts";
import type { RpcResult } from "./refusal.ts";
import type { SharedSettings } from "./shards/shared-settings.ts";
import { Webhooks } from "./webhooks/webhooks.ts";

/** One tenant in one mode. It builds its parts and forwards to them; each folder beside this file is one of them, with its door. */
export class Organization extends DurableObject<Env> implements OrganizationDoor {
  readonly #parts: ReturnType<typeof assemble>;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    migrate(context.storage, "organization", organizationMigrations);
    this.#parts = assemble(context, env);
    context.blockConcurrencyWhile(() => this.#wake());
  }

  async #wake(): Promise<void> {
    const { alarm, sessions, claims, outbox } = this.#parts;
    await alarm.load();
    sessions.end(claims.takeBackUnanswered());
    outbox.resume(Date.now());
  }

  get keys(): Keys {
    return new Keys(this.#parts);
  }

  get links(): Links {
    return new Links(this.#parts);
  }

  get attempts(): Attempts {
    return new Attempts(this.#parts);
  }

  get events(): Events {
    return new Events(this.#parts);
  }

  get webhooks(): Webhooks {
    return new Webhooks(this.#parts);
  }

  identify(keyHash: string): KeyFacts | null {
    return this.#parts.admissions.identify(keyHash);
  }

  recall(once: IdempotentRequest): Promise<RpcResult<string | null>> {
    return this.#parts.idempotency.recall(once, Date.now());
  }

  remember(once: IdempotentRequest, answer: string | null): Promise<RpcResult<string | null>> {
    this.#parts.identity.get();
    return this.#parts.idempotency.remember(once, answer);
  }

  configuration(): RpcResult<ConfiguredOrganization | null> {
    return this.#parts.configuration.get();
  }

  configure(
    address: Pick<OrganizationAddress, "tag" | "mode">,
    settings: Settings,
    actor: Actor,
  ): Promise<RpcResult<ConfiguredOrganization | null>> {
    return this.#parts.configuration.set(address, settings, actor);
  }

  adopt(address: OrganizationAddress, settings: SharedSettings): void {
    const { identity, replica, outbox, alarm } = this.#parts;
    identity.begin(address);
    for (const endpointId of replica.write(settings)) outbox.cancel(endpointId);
    alarm.arm();
  }

  count(): Promise<OrganizationCount> {
    return this.#parts.shards.count();
  }

  auditLog(before: number | null, limit: number): { position: number; entry: AuditEntry }[] {
    return this.#parts.audit.page(before, limit, this.#parts.identity.get().shard);
  }

  erase(): Promise<void> {
    return this.#parts.erasure.run();
  }

  /** The upgrade of whoever watches a link; the last path segment is its id, for its owner, or the hash of its claim code. */
  override async fetch(request: Request): Promise<Response> {
    const { expiry, links, reports, watchers } = this.#parts;
    await expiry.run();
    const name = new URL(request.url).pathname.slice(1);
    const find = () => (isIdOf("link", name) ? links.byId(name) : links.byClaim(name));
    await reports.learnStep(find());
    const link = find();
    return link ? watchers.accept(link) : new Response(null, { status: 404 });
  }

  override webSocketMessage(): void {}

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  override async alarm(): Promise<void> {
    const { identity, outbox, expiry, alarm, erasure, shards } = this.#parts;
    const now = Date.now();
    alarm.wentOff();
    // A restored folder wakes every object, those too that were deleted.
    if (!identity.find()) return;
    if (erasure.hasBegun) return erasure.goOn();
    outbox.run(now);
    await expiry.run();
    await shards.send();
    alarm.run(now);
  }
}
