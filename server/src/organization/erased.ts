/** What everything throws in an organization that was deleted: those calls too that were under way, as the object ends with it. */
export const erased = "This organization was deleted.";

/** Whether a call into an organization failed because it was deleted. */
export function isErased(error: unknown): boolean {
  return String(error).includes(erased);
}
