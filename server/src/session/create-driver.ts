import { AutomationDriver } from "./automation-driver.ts";
import type { Driver, DriverContext } from "./driver.ts";
import type { SessionStore } from "./store.ts";
import { WorkerDriver } from "./worker-driver.ts";

/** Who drives: our own automation for a link's attempt, a developer's worker otherwise. */
export function createDriver(context: DriverContext, { journal, workerDriver }: SessionStore): Driver {
  const { attempt } = context.config;
  return attempt ? new AutomationDriver(context, attempt, journal) : new WorkerDriver(context, workerDriver);
}
