import { expect, test } from "vitest";
import { checkProduction } from "./production-settings.ts";

const https = "https://passage.example.com";
test.each([
  [null, null, ["public URL: warning"]],
  [null, "X-Real-IP", ["public URL: warning", "client address: ok"]],
  ["http://passage.example.com", "X-Real-IP", ["public URL: fault", "client address: ok"]],
  ["http://localhost:8787", null, ["public URL: warning"]],
  [https, null, ["public URL: ok", "client address: warning"]],
  [https, "X-Real-IP", ["public URL: ok", "client address: ok"]],
])("[N8] public URL %s and address header %s", (publicUrl, addressHeader, states) => {
  const findings = checkProduction({ publicUrl, addressHeader });
  expect(findings.map(({ about, state }) => `${about}: ${state}`)).toEqual(states);
  for (const { state, advice } of findings) expect(advice === null).toBe(state === "ok");
});
