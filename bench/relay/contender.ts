/** One session of a relay: a command goes from the worker to the device, and its answer comes back. */
export interface Lane {
  roundTrip(): Promise<void>;
  close(): Promise<void>;
}

/** A relay under measurement. */
export interface Contender {
  open(): Promise<Lane>;
  stop(): Promise<void>;
}

/** What goes up and down in every one of them: a small command and a small answer. */
export const command = { command: "fill", params: { selector: "input#usernameTextBox", value: "0123456789abcdef" } };
export const answer = { result: { value: "0123456789abcdef" }, error: null };
