/** What `Organization.erase` throws when it is done: the object ends with it. */
export const erased = "This organization was erased.";
