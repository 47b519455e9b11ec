import type { OperationName } from "../protocol.generated.ts";
import type { Catalog } from "./catalog.generated.ts";

/** A provider of the catalog, for example `tmobile`. */
export type ProviderId = keyof Catalog & string;

/** What a provider offers, as `resource:action`. */
export type OperationType<P extends ProviderId = ProviderId> = P extends unknown ? keyof Catalog[P] & string : never;

/** What an operation takes. `undefined`: nothing. */
export type ArgumentsOf<P extends ProviderId, T extends OperationType<P>> = Field<P, T, "arguments">;

/** The data that an operation returns. Of several providers that offer it: what any of them returns. */
export type ResultOf<P extends ProviderId, T extends OperationType<P>> = Field<P, T, "result">;

/** The data of a provider's operations, by `resource:action`. */
export type ResultsOf<P extends ProviderId, T extends OperationType<P> = OperationType<P>> = {
  readonly [Type in T]: ResultOf<P, Type>;
};

/** The data of any operations, where nothing says which. */
export type AnyResults = Readonly<Record<string, unknown>>;

type Field<P, T, Name extends string> = P extends ProviderId
  ? T extends keyof Catalog[P]
    ? Catalog[P][T] extends { [Key in Name]: infer Value }
      ? Value
      : never
    : never
  : never;

/** The data by `resource:action`, of one operation or several. Undefined where one was asked for twice, or there is no result. */
export function resultsOf(operations: readonly OperationName[], result: unknown): Record<string, unknown> | undefined {
  const [only, ...others] = operations;
  if (only && others.length === 0) return Object.fromEntries([[`${only.resource}:${only.action}`, result]]);
  const list = isObject(result) ? result.operations : undefined;
  if (!Array.isArray(list) || list.length === 0 || !list.every(isOutcome)) return undefined;
  const entries = list.map(({ resource, action, data }): [string, unknown] => [`${resource}:${action}`, data]);
  return new Set(entries.map(([type]) => type)).size === entries.length ? Object.fromEntries(entries) : undefined;
}

export function isOperation(value: unknown): value is OperationName {
  return isObject(value) && isText(value.resource) && isText(value.action);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isOutcome(value: unknown): value is { resource: string; action: string; data: unknown } {
  return isOperation(value) && "data" in value;
}
