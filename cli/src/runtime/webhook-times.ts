/**
 * Days of webhook retries in the seconds of a test, from the environment: `PASSAGE_RETRY_SCHEDULE=0,50,100` are the delays
 * before each attempt in ms, `PASSAGE_DISABLE_AFTER=2000` the ms of failures after which an endpoint is disabled.
 *
 * @throws in production, where receivers rely on the documented times, and for what is no list of numbers
 */
export function webhookTimes(production: boolean, environment = process.env): Record<string, string> {
  const { PASSAGE_RETRY_SCHEDULE: schedule, PASSAGE_DISABLE_AFTER: disableAfter } = environment;
  if (production && (schedule || disableAfter))
    throw new Error(
      "PASSAGE_RETRY_SCHEDULE and PASSAGE_DISABLE_AFTER are for development. Unset them for --production.",
    );
  if (schedule && !/^\d{1,10}(,\d{1,10}){0,99}$/.test(schedule))
    throw new Error("PASSAGE_RETRY_SCHEDULE must be milliseconds, separated by commas: 0,50,100");
  if (disableAfter && !/^\d{1,12}$/.test(disableAfter))
    throw new Error("PASSAGE_DISABLE_AFTER must be a number of milliseconds: 2000");
  return { ...(schedule && { RETRY_SCHEDULE: schedule }), ...(disableAfter && { DISABLE_AFTER: disableAfter }) };
}
