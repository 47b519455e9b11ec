/** What a look at one thing came to. */
export interface Finding {
  /** A fault stops the server or loses data; a warning may, later or under load. */
  readonly state: "ok" | "warning" | "fault";
  readonly about: string;
  readonly found: string;
  /** What to do; null when all is well. */
  readonly advice: string | null;
}

export const ok = (about: string, found: string): Finding => ({ state: "ok", about, found, advice: null });
export const warning = (about: string, found: string, advice: string): Finding => ({
  state: "warning",
  about,
  found,
  advice,
});
export const fault = (about: string, found: string, advice: string): Finding => ({
  state: "fault",
  about,
  found,
  advice,
});
