import type { Env } from "../env.ts";
import { AccountSalt } from "./account-salt.ts";
import { Alarm } from "./alarm.ts";
import { Claims } from "./attempts/claims.ts";
import { Outcomes } from "./attempts/outcomes.ts";
import { ProviderHealth } from "./attempts/provider-health.ts";
import { AttemptReports } from "./attempts/reports.ts";
import { SandboxCompletion } from "./attempts/sandbox-completion.ts";
import { Sessions } from "./attempts/sessions.ts";
import { AuditLog } from "./audit-log.ts";
import { Configuration } from "./configuration.ts";
import { Erasure } from "./erasure.ts";
import { Idempotency } from "./idempotency.ts";
import { Identity } from "./identity.ts";
import { Admissions } from "./keys/admission.ts";
import { KeyTable } from "./keys/key-table.ts";
import { AttemptTable } from "./links/attempt-table.ts";
import { LinkExpiry } from "./links/expiry.ts";
import { LinkTable } from "./links/link-table.ts";
import { LinkView } from "./links/link-view.ts";
import { LinkMoves } from "./links/moves.ts";
import { LinkRetention } from "./links/retention.ts";
import { Steps } from "./links/steps.ts";
import { Watchers } from "./links/watchers.ts";
import { Sharding } from "./shards/sharding.ts";
import { Shards } from "./shards/shards.ts";
import { SettingsReplica } from "./shards/shared-settings.ts";
import { Vault } from "./vault.ts";
import { FailingEndpoints } from "./webhooks/failing-endpoints.ts";
import { Outbox } from "./webhooks/outbox.ts";

/** Every part of an organization, wired. */
export function assemble(context: DurableObjectState, env: Env) {
  const { sql } = context.storage;
  const arm = () => alarm.arm();
  const armFor = (time: number) => alarm.armFor(time);
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
    armFor,
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
