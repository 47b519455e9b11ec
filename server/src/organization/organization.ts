import { DurableObject } from "cloudflare:workers";
import type { AuditEntry } from "@passage/protocol/http/audit-log";
import type { Mode } from "@passage/protocol/ids";
import { readPolicy } from "@passage/protocol/rate-policy";
import type { OrganizationDoor } from "../doors.ts";
import type { Env } from "../env.ts";
import { defaultPolicies } from "../limits.ts";
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
import { erased } from "./erased.ts";
import { Idempotency } from "./idempotency.ts";
import { Identity, type OrganizationIdentity, type Settings } from "./identity.ts";
import { type Admission, type AdmissionRequest, Admissions } from "./keys/admission.ts";
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
import { Vault } from "./vault.ts";
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

  get webhooks(): Webhooks {
    return new Webhooks(this.#parts);
  }

  admit(request: AdmissionRequest): Promise<Admission> {
    return this.#parts.admissions.admit(request);
  }

  configure(address: { tag: string; mode: Mode }, settings: Settings, actor: Actor): OrganizationIdentity {
    const { identity, audit } = this.#parts;
    if (!identity.find()) audit.add(actor, "organization.created", address.tag, Date.now());
    identity.set(address, settings);
    return identity.get();
  }

  count(): { links: ReturnType<LinkTable["count"]>; webhookBacklog: number } {
    return { links: this.#parts.links.count(), webhookBacklog: this.#parts.outbox.deliveries.backlog() };
  }

  auditLog(before: number | null, limit: number): { position: number; entry: AuditEntry }[] {
    return this.#parts.audit.page(before, limit);
  }

  async erase(): Promise<void> {
    const { watchers, sessions, attempts } = this.#parts;
    watchers.endAll();
    await sessions.ended(attempts.forgetUnderWay());
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    await this.ctx.storage.sync();
    // The next request builds the object anew, on an empty database.
    this.ctx.abort(erased);
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
    const { outbox, expiry, alarm } = this.#parts;
    const now = Date.now();
    alarm.wentOff();
    outbox.run(now);
    await expiry.run();
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
  const admissions = new Admissions(keys, idempotency, readPolicy(env.RATE_LIMIT_KEY ?? defaultPolicies.key));
  const steps = new Steps();
  const links = new LinkTable(sql, steps);
  const attempts = new AttemptTable(sql);
  const outbox = new Outbox(context, env, identity, vault, arm);
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
    arm,
  };
  const moves = new LinkMoves(own);
  const retention = new LinkRetention(own);
  const expiry = new LinkExpiry({ ...own, moves });
  const view = new LinkView(own);
  const health = new ProviderHealth(sql);
  const outcomes = new Outcomes({ ...own, moves });
  const claims = new Claims({ ...own, accountSalt: new AccountSalt(sql), moves });
  const reports = new AttemptReports({ ...own, moves, outcomes, health });
  const completion = new SandboxCompletion({ ...own, moves, outcomes });
  const alarm = new Alarm(context.storage, { ...own, retention });
  return { ...own, admissions, moves, retention, expiry, view, health, claims, reports, completion, alarm };
}
