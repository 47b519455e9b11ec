import { DurableObject } from "cloudflare:workers";
import type { AuditEntry } from "@passage/protocol/http/audit-log";
import type { ConfiguredOrganization, OrganizationCount, OrganizationDoor } from "../doors.ts";
import type { Env } from "../env.ts";
import { migrate } from "../migrate.ts";
import { AccountSalt } from "./account-salt.ts";
import { Alarm } from "./alarm.ts";
import { Attempts } from "./attempts/attempts.ts";
import { Claims } from "./attempts/claims.ts";
import { Outcomes } from "./attempts/outcomes.ts";
import { ProviderHealth } from "./attempts/provider-health.ts";
import { AttemptReports } from "./attempts/reports.ts";
import { SandboxCompletion } from "./attempts/sandbox-completion.ts";
import { Sessions } from "./attempts/sessions.ts";
import { type Actor, AuditLog } from "./audit-log.ts";
import { Configuration } from "./configuration.ts";
import { Erasure } from "./erasure.ts";
import { Events } from "./events/events.ts";
import { Idempotency, type IdempotentRequest } from "./idempotency.ts";
import { Identity, type OrganizationAddress, type Settings } from "./identity.ts";
import { Admissions, type KeyFacts } from "./keys/admission.ts";
import { KeyTable } from "./keys/key-table.ts";
import { Keys } from "./keys/keys.ts";
import { AttemptTable } from "./links/attempt-table.ts";
import { LinkExpiry } from "./links/expiry.ts";
import { LinkTable } from "./links/link-table.ts";
import { LinkView } from "./links/link-view.ts";
import { Links } from "./links/links.ts";
import { LinkMoves } from "./links/moves.ts";
import { LinkRetention } from "./links/retention.ts";
import { Steps } from "./links/steps.ts";
import { Watchers } from "./links/watchers.ts";
import { organizationMigrations } from "./migrations.ts";
import type { RpcResult } from "./refusal.ts";
import { Sharding } from "./shards/sharding.ts";
import { Shards } from "./shards/shards.ts";
import { SettingsReplica, type SharedSettings } from "./shards/shared-settings.ts";
import { Vault } from "./vault.ts";
import { FailingEndpoints } from "./webhooks/failing-endpoints.ts";
import { Outbox } from "./webhooks/outbox.ts";
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

  /** The upgrade of `/link/ws`; the claim code's hash is the last path segment. */
  override async fetch(request: Request): Promise<Response> {
    const { expiry, links, reports, watchers } = this.#parts;
    await expiry.run();
    const claimHash = new URL(request.url).pathname.slice(1);
    await reports.learnStep(links.byClaim(claimHash));
    const link = links.byClaim(claimHash);
    return link ? watchers.accept(link) : new Response(null, { status: 404 });
  }

  override webSocketMessage(): void {}

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  override async alarm(): Promise<void> {
    const { outbox, expiry, alarm, erasure, shards } = this.#parts;
    const now = Date.now();
    alarm.wentOff();
    if (erasure.hasBegun) return erasure.goOn();
    outbox.run(now);
    await expiry.run();
    await shards.send();
    alarm.run(now);
  }
}

/** Every part of an organization, wired. */
function assemble(context: DurableObjectState, env: Env) {
  const { sql } = context.storage;
  const arm = () => alarm.arm();
  const identity = new Identity(sql);
  const vault = new Vault(sql, env.PASSAGE_SECRET);
  const idempotency = new Idempotency(sql, vault);
  const audit = new AuditLog(sql);
  const keys = new KeyTable(sql);
  const sharding = new Sharding(sql);
  const replica = new SettingsReplica(sql, identity);
  const shards = new Shards({ env, identity, sharding, replica, own: () => ({ links, outbox }), arm });
  const admissions = new Admissions(keys, sharding);
  const steps = new Steps();
  const links = new LinkTable(sql, steps);
  const attempts = new AttemptTable(sql);
  const failing = new FailingEndpoints(() => ({ env, identity, shards, outbox }));
  const outbox: Outbox = new Outbox(context, env, identity, vault, arm, failing);
  const watchers = new Watchers(context);
  const sessions = new Sessions(context, env);
  const own = {
    env,
    identity,
    vault,
    idempotency,
    audit,
    keys,
    links,
    steps,
    attempts,
    outbox,
    watchers,
    sessions,
    sharding,
    replica,
    shards,
    failing,
    arm,
  };
  const moves = new LinkMoves(own);
  const retention = new LinkRetention(own);
  const expiry = new LinkExpiry({ ...own, moves });
  const view = new LinkView(own);
  const health = new ProviderHealth(sql);
  const outcomes = new Outcomes({ ...own, moves });
  const accountSalt = new AccountSalt(sql);
  const claims = new Claims({ ...own, accountSalt, moves });
  const reports = new AttemptReports({ ...own, moves, outcomes, health });
  const completion = new SandboxCompletion({ ...own, moves, outcomes });
  const alarm = new Alarm(context.storage, { ...own, retention });
  const erasure = new Erasure(context, { ...own, alarm });
  const configuration = new Configuration({ ...own, accountSalt, erasure });
  return {
    ...own,
    accountSalt,
    erasure,
    configuration,
    admissions,
    moves,
    retention,
    expiry,
    view,
    health,
    claims,
    reports,
    completion,
    alarm,
  };
}
