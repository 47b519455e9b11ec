import type { Page } from "playwright-core";
import { request } from "../harness/api.ts";
import { pressDone } from "../harness/devtools-hands.ts";
import { journey, type Operation } from "../harness/journey.ts";
import type { Running } from "../harness/passage-process.ts";
import { testCard } from "../harness/test-card.ts";

export interface ReadRun {
  /** `tmobile paymentMethod.write` */
  readonly operation: string;
  readonly status: string;
  /** What the device kept back of it. */
  readonly keptBack: readonly string[];
}

/** Each operation of the catalogue, on the sandbox, with the gate as it always is. A new one is run as soon as the server offers it. */
export async function runEveryOperation(passage: Running, onRun: (run: ReadRun) => void): Promise<ReadRun[]> {
  const runs: ReadRun[] = [];
  for (const { provider, resource, action } of await offered(passage)) {
    const isWrite = action === "write";
    const operation: Operation = { resource, action, ...(isWrite && { arguments: testCard }) };
    // A card is saved when the person says so.
    const then = isWrite ? confirm : undefined;
    const { event, keptBack } = await journey(passage, provider, userOf(provider), [operation], then);
    runs.push({ operation: `${provider} ${resource}.${action}`, status: event.status, keptBack });
    onRun(runs.at(-1) as ReadRun);
  }
  return runs;
}

async function confirm(person: Page): Promise<void> {
  await person.waitForSelector("#card-review");
  await pressDone(person);
}

function userOf(provider: string): string {
  return /^(tmobile|att|verizon)$/.test(provider) ? "user_no_mfa" : "user_good";
}

interface Provider {
  readonly id: string;
  readonly resources: readonly { readonly name: string; readonly operations: Readonly<Record<string, unknown>> }[];
}

async function offered(passage: Running) {
  const { body } = await request<{ providers: Provider[] }>(passage, "GET", "/v1/providers");
  return body.providers.flatMap(({ id, resources }) =>
    resources.flatMap(({ name, operations }) =>
      Object.keys(operations).map((action) => ({ provider: id, resource: name, action })),
    ),
  );
}
