import { migrate } from "../migrate.ts";
import { Jobs } from "./jobs.ts";
import { Journal } from "./journal.ts";
import { sessionBaseline, sessionMigrations } from "./migrations.ts";
import { SessionRecord } from "./record.ts";
import { Telemetry } from "./telemetry.ts";
import { Timeline } from "./timeline.ts";
import { WorkerDriverStore } from "./worker-driver-store.ts";

/** Everything that a session keeps in its database, with the tables brought to the newest version. */
export class SessionStore {
  readonly record: SessionRecord;
  readonly jobs: Jobs;
  readonly journal: Journal;
  readonly workerDriver: WorkerDriverStore;
  readonly telemetry: Telemetry;
  readonly timeline: Timeline;

  constructor(storage: DurableObjectStorage) {
    migrate(storage, "session", sessionMigrations, sessionBaseline);
    const { sql } = storage;
    this.record = new SessionRecord(sql);
    this.jobs = new Jobs(storage, this.record);
    const ledger = () => this.record.kept?.ledger ?? null;
    this.journal = new Journal(sql, ledger);
    this.workerDriver = new WorkerDriverStore(sql);
    this.telemetry = new Telemetry(sql, ledger);
    this.timeline = new Timeline(sql);
  }
}
