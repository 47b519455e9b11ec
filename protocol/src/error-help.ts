import type { ErrorCode } from "./errors.ts";

/** Each code's page: why it comes, and what to do. */
export const errorHelp: Record<ErrorCode, { readonly cause: string; readonly remedy: string }> = {
  malformed_json: {
    cause: "The body could not be read as JSON in UTF-8.",
    remedy: "Send the output of a JSON library, with Content-Type: application/json.",
  },
  malformed_request: {
    cause: "The path is not percent-encoded UTF-8, or the Host header is not one host.",
    remedy: "Encode each part of the path with encodeURIComponent, and send one Host header.",
  },
  validation_failed: {
    cause: "At least one field of the body or query is missing, unknown, of the wrong type or outside its limits.",
    remedy: "Read issues: each names a field by its path and says what it must be. Nothing was changed.",
  },
  unauthorized: {
    cause: "There is no key in the Authorization header, or it is unknown here, revoked or expired.",
    remedy:
      "Send Authorization: Bearer psg_…, with a key of this server and this mode. GET /v1/keys lists those in use.",
  },
  api_key_malformed: {
    cause:
      "The last six characters of a key are a checksum of the others, and these do not fit. The key was cut or mistyped.",
    remedy: "Copy the whole key again. This server was not asked whether it knows it.",
  },
  invalid_token: {
    cause: "A session token opens one session, in one role, and a newer claim of the link made a newer session.",
    remedy: "Use the clientToken or workerToken that came with this sessionId, or claim the link again.",
  },
  insufficient_scope: {
    cause: "The key is valid, but was made for other things.",
    remedy:
      "Use a key that has the scope which the message names, or create one. A key cannot give what it does not have.",
  },
  foreign_origin: {
    cause: "The request carries the Origin of a web page that is not this server's. Browsers add it, programs do not.",
    remedy:
      "Call /mcp from a program. For a page of this server's own address, start the server with that address as PUBLIC_URL.",
  },
  test_mode_only: {
    cause: "The sandbox is for links of test mode. A live link ends on the device of its person, and nowhere else.",
    remedy: "Create the link with a test key (psg_test_…), and use that key here.",
  },
  not_found: {
    cause: "No such thing exists for this key: it never did, was deleted, or belongs to another organization or mode.",
    remedy: "Check the id, and that the key's mode (test or live) is the one that the id was made with.",
  },
  method_not_allowed: {
    cause: "The address exists, but not for this method.",
    remedy: "The Allow header names the methods that it takes; /reference shows them.",
  },
  claim_in_progress: {
    cause: "Another device claimed the link and its session is under way.",
    remedy:
      "Go on there. When that device is gone for longer than the grace period, its attempt fails and the link is free.",
  },
  link_already_used: {
    cause: "A link is used up by its first success, unless it was created with reusable.",
    remedy: "Create a new link. To read the result, use GET /v1/links/:id.",
  },
  link_not_pending: {
    cause: "A device has claimed this link, or it has ended: completing it now would tell two outcomes.",
    remedy: "Create a new link for each outcome that you want to see.",
  },
  idempotency_conflict: {
    cause: "In the last 24 hours this Idempotency-Key came with another method, path or body.",
    remedy: "Take a new random key for each new request; repeat a key only to repeat its request unchanged.",
  },
  key_not_active: {
    cause: "Only a key that works can be rotated: this one is revoked, expired, or has a successor already.",
    remedy: "Create a new key with POST /v1/keys, or rotate the successor that replacedBy names.",
  },
  link_expired: {
    cause: "The time that the link was created with is over, or its owner cancelled it.",
    remedy: "Create a new link; expiresIn sets how long it can be claimed (at most 7 days).",
  },
  payload_too_large: {
    cause:
      "A body may have 64 KiB, a frame 1 MiB, one capture 1.5 MiB, a session's result 1,000,000 bytes. Nothing is ever cut silently.",
    remedy: "Send less: fewer operations, smaller metadata, smaller or fewer captures.",
  },
  unsupported_media_type: {
    cause: "The body came with a Content-Type other than JSON. curl -d sends one for forms.",
    remedy: "Send JSON with Content-Type: application/json.",
  },
  upgrade_required: {
    cause: "The address is a WebSocket, and this request did not ask to upgrade.",
    remedy: "Open it with a WebSocket client.",
  },
  rate_limited: {
    cause: "The key, or on public routes the address or the link, was used more often than its limit allows.",
    remedy: "Wait for the seconds in Retry-After. RateLimit tells what is left, RateLimit-Policy the limit.",
  },
  internal: {
    cause: "A fault of this server. It was logged under the requestId.",
    remedy: "Try again, with the same Idempotency-Key if it was a change. If it stays, report the requestId.",
  },
  session_unavailable: {
    cause: "The session of a claim could not be created. The link is what it was.",
    remedy: "Claim the link again.",
  },
  unknown_type: {
    cause: "A message's type is none of the protocol's, or of a newer version of it.",
    remedy: "Look the type up in schema.json. The session goes on.",
  },
  wrong_role: {
    cause: "The message belongs to the other side: a client's from a worker, or a worker's from a client.",
    remedy: "Connect in the role whose message it is. The session goes on.",
  },
  invalid_message: {
    cause: "A message of a known type lacks a field, or has one of the wrong type.",
    remedy: "The error's message names the field. The session goes on.",
  },
  command_pending: {
    cause: "A session runs one command or yield at a time.",
    remedy: "Wait for server.command_result before the next one, use batch, or cancel it with worker.cancel.",
  },
  client_not_connected: {
    cause: "There is no device to run the command on.",
    remedy: "Wait for server.client_ready.",
  },
  session_terminal: {
    cause: "The session has ended: complete, failed or expired.",
    remedy: "Create a new session, or claim the link again. What happened can be read with GET /v1/sessions/:id.",
  },
  session_expired: {
    cause: "The session reached its longest duration, or its device was away for longer than the grace period.",
    remedy: "Create a new session. config.sessionDurationMs and config.disconnectGracePeriodMs set the times.",
  },
  unsupported_command: {
    cause: "This device's kind of webview cannot do the command.",
    remedy: "Use another command, or a device whose client.hello names the capability.",
  },
  invalid_params: {
    cause: "The command's params lack a field, or have a wrong one.",
    remedy: "schema.json has the params of each command.",
  },
  invalid_selector: {
    cause: "The selector is neither CSS nor one of Playwright's engines.",
    remedy: "Check brackets and quotes; text=, role=, label= and xpath= are there beside CSS.",
  },
  strict_violation: {
    cause: "A selector must match one element, and this one matches several; details tells which.",
    remedy: "Narrow it, or choose one with nth=.",
  },
  not_actionable: {
    cause: "The element stayed hidden, moving, covered or disabled until the deadline; details.log says which.",
    remedy: "Wait for what makes it ready, or remove what covers it. force skips the checks.",
  },
  navigation_failed: {
    cause: "The page did not load: no such host, no connection, or a broken certificate.",
    remedy: "Check the address from the device's network. A page that answers with 4xx or 5xx is not a failure.",
  },
  evaluate_failed: {
    cause: "The expression threw in the page.",
    remedy: "The message is the page's own. Try the expression in the console of that page.",
  },
  page_gone: {
    cause: "The page closed or crashed while the command ran.",
    remedy: "Navigate again. Nothing is known of whether the command had its effect.",
  },
  timeout: {
    cause: "The command's deadline passed; details.log says what it waited for.",
    remedy: "Wait for the right thing, or give a longer timeout.",
  },
  user_in_control: {
    cause: "After a yield the page is the person's, so commands wait.",
    remedy: "Wait for the yield's result, or cancel it. updateStatus works meanwhile.",
  },
  origin_not_allowed: {
    cause: "The address is outside the origins that the operation declared to the person.",
    remedy: "Declare the origin in the provider's manifest. The device refuses the rest, whoever asks.",
  },
  device_too_old: {
    cause: "The operation's manifest is of a leaf version (`v`) that this device was built without.",
    remedy: "Update the app or the CLI on the device, then open the link again.",
  },
  manifest_untrusted: {
    cause:
      "What the session may do is not signed by a publisher that the device trusts, has expired, is older than what the device has accepted before, is of an older kind of manifest, or is more than the person agreed to. Nothing was done.",
    remedy:
      "Read the message: it says what to do. Have the device trust the publisher (passage trust add <server>, or passage open --trust-publisher <jwk file>) where you know it; update the server where its manifests have expired or are older.",
  },
  blocked_private: {
    cause: "The person has the page, or it shows a password, code or card field: nothing of it leaves the device.",
    remedy: "Ask again when the private phase is over, or ask for something that shows no content.",
  },
  fetch_failed: {
    cause: "The page's own request failed, was redirected to another origin, or its body could not be read as asked.",
    remedy: "Check the address and what the body is asked as; the message says which it was.",
  },
  fetch_timed_out: {
    cause: "The site did not answer the page's own request before the command's time was over.",
    remedy: "Ask again, or with a longer timeout where the site is known to be slow.",
  },
  extract_failed: {
    cause: "What extract or a response's path describes is not there, or the response is not JSON.",
    remedy: "Read the message: it names the place. Wait for it first, or correct the selector or path.",
  },
  body_unavailable: {
    cause:
      "The response was seen, but its body is not text, not in the charset that it names, broken off, or no longer kept. details.reason says which.",
    remedy: "Ask for it again with fetchInPage (as: base64 where it is not text), or read what you need from the page.",
  },
  blocked_secret: {
    cause: "The answer held something that the device knows as a secret: what was typed, a cookie, a token or a code.",
    remedy:
      "details.reason says which. typed: read something that does not repeat it. token: read the elements that you need, or the whole document or body, which leaves with tokens masked. registry_full: begin a new session.",
  },
  command_not_declared: {
    cause: "A person consents to what an operation's manifest declares by name, and what was asked for is not in it.",
    remedy:
      "Declare it in the provider's manifest as a read, a step or words. Free commands are for developers' own sessions.",
  },
  cancelled: {
    cause: "Whoever owns the command, session or link ended it.",
    remedy: "Nothing is wrong. Start again if it should go on.",
  },
  AUTOMATION_ERROR: {
    cause: "The automation met a page that it does not know, or a command failed; details.reason says which.",
    remedy:
      "The link can be claimed again. If it stays, the site has changed: report details and the provider's version.",
  },
  CLIENT_TIMEOUT: {
    cause: "The device was away for too long, or the person did not finish in time.",
    remedy: "Let the person claim the link again.",
  },
  CONNECTION_FAILED: {
    cause: "The session lost its device and did not get it back.",
    remedy: "Let the person claim the link again.",
  },
  UNKNOWN_PROVIDER: {
    cause: "The server was updated since the link was made, and lost this provider or operation.",
    remedy: "GET /v1/providers lists what there is. Create a new link.",
  },
  RESULT_VALIDATION_ERROR: {
    cause:
      "What the automation read does not fit the operation's schema, or is over 1,000,000 bytes of JSON in all. It was not delivered.",
    remedy:
      "With details.issues the site has changed: report them and the provider's version. With details.bytes ask for less in one link.",
  },
  INTERNAL_ERROR: {
    cause: "A fault of the server ended the attempt.",
    remedy: "The link can be claimed again. If it stays, report the session's id.",
  },
};
