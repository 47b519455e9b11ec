import type { Row } from "./row.ts";
import { actions } from "./rows/actions.ts";
import { navigation } from "./rows/navigation.ts";
import { network } from "./rows/network.ts";
import { reads } from "./rows/reads.ts";
import { waits } from "./rows/waits.ts";

/** The conformance table: every command and option, each of its failures. A new command or option is a line in its group. */
export const rows: readonly Row[] = [...navigation, ...actions, ...waits, ...reads, ...network];
