import { copyOnClick } from "./copy.ts";
import { follow } from "./follow.ts";
import { qrCode } from "./qr.ts";
import { part, render } from "./render.ts";
import { type ClaimEvent, type ClaimState, reduce } from "./status.ts";
import { view } from "./view.ts";

let state: ClaimState = { state: "loading" };

function dispatch(event: ClaimEvent): void {
  const before = state;
  state = reduce(before, event);
  if (state === before) return;
  const shown = view(state);
  render(shown);
  if (state.state !== "complete" || state.leavingInSeconds === null) return;
  if (state.leavingInSeconds > 0) setTimeout(dispatch, 1000, { type: "tick" });
  else if (shown.leave) location.assign(shown.leave.href);
}

function start(code: string): void {
  // A bare code is enough for the server that the command looks for by itself.
  const isDefaultServer = location.origin === "http://localhost:8787";
  part("command").textContent =
    `npx @passage/cli open ${isDefaultServer ? code : `"${location.origin}/claim?code=${code}"`}`;
  part("qr").replaceChildren(qrCode(location.href, "QR code with the address of this page"));
  copyOnClick(part("copy"), part("command"), part("copy-result"));
  part("stay").addEventListener("click", () => dispatch({ type: "stay" }));
  void follow(code, dispatch);
}

render(view(state));
const code = new URLSearchParams(location.search).get("code") ?? "";
// Nothing else may reach the command: people paste it into a shell.
if (/^clm_[\w-]{1,500}$/.test(code)) start(code);
else dispatch({ type: "refused", reason: "unknown" });
