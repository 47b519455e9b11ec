/** How a run that cannot go on ends. */
export {
  type FailureReason,
  failure,
  failureOf,
  failureReasons,
  linkError,
  type Spot,
} from "@passage/automation/failure";
