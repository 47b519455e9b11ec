import { commands, declaresError } from "@passage/protocol/commands";
import { PassageError } from "@passage/protocol/errors";
import { expect, test } from "vitest";
import { DeclaredOperations } from "../declared/operations.ts";
import { perform } from "./dispatch.ts";
import type { CommandParts } from "./parts.ts";
import { Progress } from "./progress.ts";

/** A page that has nothing but an address, and origins that say what the test wants. */
function partsThatThrow(code: "origin_not_allowed" | "navigation_failed"): CommandParts {
  const demand = () => {
    throw new PassageError(code, "from within");
  };
  const reading = (read: () => Promise<unknown>) => read();
  return {
    page: { url: () => "https://shop.example/" },
    origins: { demand },
    operations: new DeclaredOperations(),
    sealed: { open: async (params: unknown) => params },
    fields: {
      reading,
      owning: (_name: string, run: () => Promise<unknown>) => run(),
      lookBriefly: async () => {},
      hearOut: async () => {},
    },
  } as unknown as CommandParts;
}

test("an error that the command's row does not declare is a fault of ours", async () => {
  const title = { name: "title", params: {} } as const;
  const declared = perform(partsThatThrow("origin_not_allowed"), title, new Progress(1_000));
  await expect(declared).rejects.toMatchObject({ code: "origin_not_allowed" });
  const undeclared = perform(partsThatThrow("navigation_failed"), title, new Progress(1_000));
  await expect(undeclared).rejects.toMatchObject({
    code: "internal",
    message: expect.stringContaining("navigation_failed"),
  });
});

test("a row declares its own errors and those of all commands", () => {
  expect(declaresError("click", "not_actionable")).toBe(true);
  expect(declaresError("title", "not_actionable")).toBe(false);
  for (const name of Object.keys(commands) as (keyof typeof commands)[])
    expect(declaresError(name, "page_gone")).toBe(true);
});
