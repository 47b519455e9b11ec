import type { Progress } from "../executor/progress.ts";
import type { Asking } from "../network/seen.ts";
import type { Page } from "../page/page.ts";
import type { Person } from "./person.ts";

/** What a yield's conditions are evaluated with. */
export interface YieldContext extends Asking {
  readonly page: Page;
  readonly progress: Progress;
  readonly person: Person;
}
