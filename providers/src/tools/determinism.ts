/**
 * What a run may not use, by the name of the global: it is run again from its journal, where clock, chance and network
 * would answer otherwise than the first time. The linter holds the catalog to the same list.
 */
export const forbiddenGlobals: Readonly<Record<string, string>> = {
  Date: "A provider run is replayed from its journal: take dates from the site, not from a clock.",
  Math: "A provider run is replayed from its journal: no randomness. Put arithmetic in a tested helper.",
  crypto: "A provider run is replayed from its journal: no randomness.",
  fetch: "A provider talks to the site through `page` only.",
  setTimeout: "A provider waits through `page` only.",
  setInterval: "A provider waits through `page` only.",
  performance: "A provider run is replayed from its journal: no clock.",
  process: "A provider reaches the world through its page only.",
  globalThis: "A provider reaches the world through its page only.",
  WebSocket: "A provider talks to the site through `page` only.",
  XMLHttpRequest: "A provider talks to the site through `page` only.",
};

/** What a provider's files may import besides each other. */
export const allowedPackages = /^(@passage\/(providers|protocol)\/|zod$|zod\/)/;
