import type { Command } from "commander";

/** Commands that ask the API, with the arguments that they need. */
export const asking: Record<string, string[]> = {
  "keys create": ["--name", "ours"],
  "keys list": [],
  "keys rotate": ["key_1"],
  "keys revoke": ["key_1"],
  "links create": ["tmobile", "mobileBillingStatement:read"],
  "links list": [],
  "links get": ["link_1"],
  "links cancel": ["link_1"],
  "links watch": ["link_1", "--timeout", "1"],
  "sessions list": [],
  "sessions get": ["sess_1"],
  "sessions end": ["sess_1"],
  "endpoints list": [],
  "endpoints create": ["https://a.example/"],
  "endpoints update": ["whe_1", "--enable"],
  "endpoints delete": ["whe_1"],
  "endpoints test": ["whe_1"],
  "endpoints rotate-secret": ["whe_1"],
  health: [],
  audit: [],
  "events list": [],
  "events get": ["evt_1"],
  "events tail": [],
  listen: ["--forward-to", "http://127.0.0.1:9/"],
  // Without a browser.
  trigger: ["link.failed"],
  resend: ["evt_1", "--timeout", "1"],
};

/** Each command that does something, by how it is called. */
export function leavesOf(command: Command, path: readonly string[] = []): { path: string; command: Command }[] {
  if (command.commands.length === 0) return [{ path: path.join(" "), command }];
  return command.commands.flatMap((one) => leavesOf(one, [...path, one.name()]));
}
