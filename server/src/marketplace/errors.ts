import { failureReasons } from "@passage/automation/failure";
import { errorHelp } from "@passage/protocol/error-help";
import { type ErrorCode, errorCodes } from "@passage/protocol/errors";

/** Every error code with its help, and the reasons why an attempt of a link fails. */
export function errors(origin: string): object {
  return {
    codes: (Object.keys(errorCodes) as ErrorCode[]).map((code) => ({
      code,
      ...errorCodes[code],
      ...errorHelp[code],
      docs: `${origin}/docs/errors/${code}`,
    })),
    reasons: Object.entries(failureReasons).map(([reason, row]) => ({ reason, ...row })),
  };
}
