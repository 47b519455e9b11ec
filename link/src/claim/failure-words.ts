import type { LinkStatusMessage } from "@passage/protocol/events";
import type { LinkDetails } from "@passage/protocol/http/claim";

export type LinkFailure = NonNullable<LinkStatusMessage["error"]>;

interface Words {
  /** What happened. */
  readonly sentence: string;
  /** What the person can do now. */
  readonly advice: string;
  /** Whether the failure's own sentence is for the person, and says more. */
  readonly hasOwnSentence?: true;
}

const again = "You can try again with the same link.";
const later = "Try again later with the same link.";

/** By `error.details.reason`: why an attempt failed, in words for the person whose account it is. */
function reasons(site: string, asker: string): Record<string, Words> {
  return {
    user_gave_up: { sentence: `You stopped before ${site} was done.`, advice: again },
    wrong_credentials: {
      sentence: `${site} did not accept the user name and password.`,
      advice: "Check them, then try again with the same link.",
      hasOwnSentence: true,
    },
    mfa_failed: {
      sentence: "The code or the approval on your phone did not come through.",
      advice: "Have your phone at hand, then try again with the same link.",
      hasOwnSentence: true,
    },
    account_locked: {
      sentence: `${site} has locked this account.`,
      advice: `Unlock it with ${site} first, then try again with the same link.`,
      hasOwnSentence: true,
    },
    unsupported_login_method: {
      sentence: "This way to sign in does not work here.",
      advice: "Try again with the same link, and choose another way to sign in.",
      hasOwnSentence: true,
    },
    blocked_by_site: { sentence: `${site} refused this device.`, advice: later, hasOwnSentence: true },
    site_down: { sentence: `${site} does not respond at the moment.`, advice: later },
    site_changed: {
      sentence: `${site} has changed its pages, so they could not be read.`,
      advice: `This is not your fault. ${asker} can see what happened.`,
    },
    schema_drift: {
      sentence: `${site} sent its data in a form that is not understood, so nothing was shared.`,
      advice: `This is not your fault. ${asker} can see what happened.`,
    },
    device_lost: { sentence: "The device went away before everything was done.", advice: again },
    timeout: { sentence: "Nothing happened on the device for too long.", advice: again },
  };
}

/** By `error.code`, where no reason is known. */
function codes(site: string): Record<string, Words> {
  return {
    CLIENT_TIMEOUT: { sentence: "The device was away, or waited for you, for too long.", advice: again },
    CONNECTION_FAILED: { sentence: "The connection to the device was lost.", advice: again },
    AUTOMATION_ERROR: { sentence: `The steps on ${site} could not be finished.`, advice: again },
    RESULT_VALIDATION_ERROR: {
      sentence: `${site} sent its data in a form that is not understood, so nothing was shared.`,
      advice: again,
    },
    UNKNOWN_PROVIDER: { sentence: `${site} is not available at the moment.`, advice: later },
  };
}

const unknown: Words = { sentence: "Something went wrong, and it was not your fault.", advice: again };

/** Why an attempt failed and what to do, for the person. */
export function failureWords(failure: LinkFailure | null, { provider, requestedBy }: LinkDetails): string {
  const reason = reasonOf(failure);
  const table = [reasons(provider.name, requestedBy)[reason ?? ""], codes(provider.name)[failure?.code ?? ""]];
  const words = table.find((one) => one !== undefined) ?? unknown;
  return `${(words.hasOwnSentence && ownSentence(failure)) || words.sentence} ${words.advice}`;
}

/** For support: the failure's code, and its reason where it has one. */
export function failureCode(failure: LinkFailure | null): string | null {
  const reason = reasonOf(failure);
  return failure && (reason ? `${failure.code}, ${reason}` : failure.code);
}

function reasonOf(failure: LinkFailure | null): string | null {
  const reason = failure?.details?.reason;
  return typeof reason === "string" ? reason : null;
}

/** The sentence that the provider wrote. What comes from a status or a device's error speaks to developers. */
function ownSentence(failure: LinkFailure | null): string | null {
  const { message = "", details = {} } = failure ?? {};
  if (message === "" || "status" in details || "code" in details) return null;
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
