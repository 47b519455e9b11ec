import type { Operation, Provider } from "@passage/automation/operation";
import type * as z from "zod";

export type { Manifest, Operation, Provider } from "@passage/automation/operation";

export function operation<A extends z.ZodType, R extends z.ZodType>(definition: Operation<A, R>): Operation {
  return definition as unknown as Operation;
}

export function defineProvider<P extends Provider>(provider: P): P {
  return provider;
}
