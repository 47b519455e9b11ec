import { laterAttacks } from "./after.ts";
import type { Attack } from "./attack.ts";
import { attacksOnTheForm } from "./of-the-form.ts";
import { preparedAttacks } from "./prepared.ts";

/** Every way, by the moment when it strikes. */
export const attacks: Readonly<Record<string, readonly Attack[]>> = {
  "The form is filled, and the automation has the page": attacksOnTheForm,
  "Prepared before the person's turn": preparedAttacks,
  "After the sign-in": laterAttacks,
};
