import type { Page } from "playwright-core";
import { DevToolsHands, pressDone } from "../harness/devtools-hands.ts";
import { openBrowserProcess } from "../harness/open-device.ts";
import { removeFolder, startPassage } from "../harness/passage-process.ts";
import { signInAs } from "../harness/person.ts";
import { testCard } from "../harness/test-card.ts";

/**
 * Makes the catalog's recordings on the sandbox: `passage providers record`, with a scripted person.
 *
 *     node test/recordings/record.ts [provider or operation …]
 */
interface Scene {
  readonly provider: string;
  readonly operation: string;
  readonly name: string;
  readonly user: string;
  readonly args?: object;
  readonly afterSignIn?: (person: Page) => Promise<unknown>;
}

const confirm = async (person: Page) => {
  await person.waitForSelector("#card-review");
  await pressDone(person);
};
const carriers = ["tmobile", "att", "verizon"].flatMap((provider): Scene[] => [
  { provider, operation: "mobileBillingStatement:read", name: "two-bills", user: "user_good", args: { limit: 2 } },
  { provider, operation: "paymentMethod:read", name: "mixed-wallet", user: "user_mixed_wallet" },
  { provider, operation: "account:read", name: "named", user: "user_no_mfa" },
  {
    provider,
    operation: "paymentMethod:write",
    name: "dry-run",
    user: "user_no_mfa",
    args: { ...testCard, dryRun: true },
  },
  {
    provider,
    operation: "paymentMethod:write",
    name: "confirmed",
    user: "user_no_mfa",
    args: testCard,
    afterSignIn: confirm,
  },
]);
const scenes: readonly Scene[] = [
  ...carriers,
  { provider: "ubereats", operation: "orderHistory:read", name: "three-orders", user: "user_good", args: { limit: 3 } },
  { provider: "ubereats", operation: "account:read", name: "named", user: "user_no_mfa" },
  { provider: "apple-review", operation: "readHistory:read", name: "twelve", user: "user_good", args: { limit: 12 } },
  { provider: "apple-review", operation: "account:read", name: "named", user: "user_no_mfa" },
];

const wanted = process.argv.slice(2);
const passage = await startPassage();
try {
  for (const scene of scenes) {
    const { provider, operation, name, user, args = {}, afterSignIn = async () => {} } = scene;
    if (wanted.length > 0 && !wanted.includes(provider) && !wanted.includes(operation)) continue;
    const given = ["--args", JSON.stringify(args), "--name", name, "--force", "--sandbox", passage.url];
    const device = await openBrowserProcess(["providers", "record", provider, operation, ...given]);
    await signInAs(new DevToolsHands(device.person), provider, user);
    await afterSignIn(device.person);
    if ((await device.ended) !== 0) throw new Error(`${provider} ${operation} was not recorded:\n${device.output()}`);
    console.log(
      device
        .output()
        .split("\n")
        .find((line) => line.startsWith("kept")),
    );
  }
} finally {
  await passage.stop();
  removeFolder(passage.data);
}
