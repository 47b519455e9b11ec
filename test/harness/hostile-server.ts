import { once } from "node:events";
import { createServer } from "node:http";

/** Clears a terminal, colours it, turns text round, and forges a line of its own. */
export const escapes = "\u001b[2J\u009b31m\u202eevil\u2066\r\nComplete: forged\u007f\u2028";

/**
 * A server that is not ours: whatever it is asked, each text of its answer is {@link escapes}. With `refuses`, each answer is an
 * error. Event lists give one event per request and then refuse, so that a command that follows them ends.
 */
export async function startHostileServer({ refuses = false } = {}) {
  let lists = 0;
  const server = createServer((request, response) => {
    const isList = /^\/v1\/events\?/.test(request.url ?? "");
    if (isList) lists += 1;
    const isRefused = refuses || lists > 2;
    request.resume();
    response.writeHead(isRefused ? 401 : 200, { "content-type": "application/json" });
    const answer = request.url?.startsWith("/v1/events") ? { ...anything, ...event } : anything;
    response.end(JSON.stringify(isRefused ? refusal : answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    /** Lets a command follow events again. */
    reset: () => {
      lists = 0;
    },
    stop: () => server.close(),
  };
}

const refusal = { error: escapes, code: "unauthorized", requestId: escapes, docs: escapes };

/** An answer to any request: a record, a created one, and each list that there is. */
const record = {
  id: escapes,
  key: escapes,
  hint: escapes,
  name: escapes,
  mode: escapes,
  scopes: [escapes],
  status: escapes,
  state: escapes,
  phase: escapes,
  type: escapes,
  url: escapes,
  description: escapes,
  eventTypes: [escapes],
  integrationId: escapes,
  operations: [
    {
      resource: escapes,
      action: escapes,
      name: escapes,
      type: escapes,
      version: 1,
      runs: 0,
      latency: null,
      lastRunAt: 1,
    },
  ],
  provider: { id: escapes, name: escapes },
  organization: { id: escapes, name: escapes },
  linkId: escapes,
  claimCode: escapes,
  appClipUrl: escapes,
  sessionId: escapes,
  clientToken: escapes,
  websocketUrl: escapes,
  eventId: escapes,
  endpointId: escapes,
  secret: escapes,
  previousUntil: 1,
  error: null,
  result: { text: escapes },
  metadata: { note: escapes },
  createdAt: 1,
  expiresAt: 4e12,
  lastUsedAt: null,
  revokedAt: null,
  at: 1,
  actor: escapes,
  action: escapes,
  target: escapes,
  requestId: escapes,
  clientConnected: true,
  workerConnected: false,
  disabled: true,
  disabledReason: escapes,
  retentionDays: 30,
  health: {
    attempts: 1,
    successShare: 0.5,
    lastSuccessAt: 1,
    lastError: { at: 1, status: null, error: escapes },
    failingSince: 1,
    backlog: 1,
  },
  deliveries: [{ endpointId: escapes, url: escapes, state: escapes, attempts: [{ at: 1, error: escapes }] }],
  headers: {},
  body: "{}",
  resources: [],
  version: 1,
};

/** An id that commands pass on must look like one. */
const event = { ...record, id: "evt_1" };

const anything = {
  ...record,
  keys: [record],
  links: [record],
  events: [event],
  sessions: [record],
  endpoints: [record],
  organizations: [record],
  entries: [record],
  providers: [{ ...record, id: "tmobile" }],
  nextCursor: null,
};
