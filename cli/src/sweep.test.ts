import { existsSync, readdirSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createSession } from "../../test/harness/developer-session.ts";
import { openDeviceProcess } from "../../test/harness/open-device.ts";
import { removeFolder, temporaryFolder } from "../../test/harness/passage-process.ts";
import { runPassage } from "../../test/harness/run-passage.ts";
import { usePassage } from "../../test/harness/use-passage.ts";

vi.setConfig({ testTimeout: 60_000 });

const passage = usePassage();
let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => removeFolder(folder));

test("[R6] the profile of a killed device goes with the next command of any kind, and a running device keeps its own", async () => {
  const temporary = { TMPDIR: folder };
  const devices = await Promise.all(
    [1, 2].map(async () => {
      const { websocketUrl, clientToken } = await createSession(passage);
      return openDeviceProcess(`${websocketUrl}?token=${clientToken}`, [], temporary);
    }),
  );
  const [killed, running] = devices.map(({ process }) => process.pid);
  const profileOf = (pid: number | undefined) =>
    readdirSync(folder).find((name) => name.startsWith(`passage-device-${pid}-`));
  const left = profileOf(killed);
  expect(existsSync(join(folder, left as string, "Default"))).toBe(true);
  devices[0]?.process.kill("SIGKILL");
  await devices[0]?.ended;

  // Not a profile of ours, whatever its name begins with.
  await mkdir(join(folder, "passage-device-notes"));
  expect(await runPassage(["--version"], temporary)).toMatchObject({ status: 0, stderr: "" });
  expect(profileOf(killed)).toBe(undefined);
  expect(profileOf(running)).toMatch(/^passage-device-\d+-/);
  expect(existsSync(join(folder, "passage-device-notes"))).toBe(true);
  devices[1]?.process.kill("SIGTERM");
  await devices[1]?.ended;
  expect(profileOf(running)).toBe(undefined);
});
