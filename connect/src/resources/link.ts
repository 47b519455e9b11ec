import type {
  CreateLinkRequest,
  Link as PlainLink,
  RequestedOperation,
  CreatedLink as UntypedLink,
} from "../protocol.generated.ts";
import type { AnyResults, ArgumentsOf, OperationType, ProviderId, ResultsOf } from "./results.ts";

type LinkOptions = Omit<CreateLinkRequest, "integrationId" | "operations" | keyof RequestedOperation>;

/** One operation of a provider, with the arguments that it takes. */
export type TypedOperation<P extends ProviderId = ProviderId> = P extends unknown
  ? { [T in OperationType<P>]: { type: T } & ArgumentsField<ArgumentsOf<P, T>> }[OperationType<P>]
  : never;

/** Arguments may be left out where all of their fields may. */
type ArgumentsField<A> = A extends undefined
  ? { arguments?: undefined }
  : Record<never, never> extends A
    ? { arguments?: A | undefined }
    : { arguments: A };

/**
 * The same request in fewer words: `{ provider: "tmobile", operations: [{ type: "mobileBillingStatement:read" }] }`. The types know
 * the providers of this version's catalog. For others there are the documented body, and the interface `Catalog` to add them to.
 */
export interface CreateLinkShorthand<
  P extends ProviderId = ProviderId,
  O extends readonly TypedOperation<P>[] = readonly TypedOperation<P>[],
> extends LinkOptions {
  provider: P;
  /** Run in this order, with one sign-in. If one fails, the link fails. */
  operations: O;
}

/** The resource and the action of an operation by its type, `resource:action`. */
type NamedOperation<T extends string> = T extends `${infer Resource}:${infer Action}`
  ? { resource: Resource; action: Action }
  : { resource: string; action: string };

/** A link that was just created. Of which provider `P` and operations `T`, the compiler knows where the request was typed. */
export interface CreatedLink<P extends string = string, T extends string = string> extends UntypedLink {
  integrationId: P;
  operations: NamedOperation<T>[];
}

/** What a created link's results are, as far as its type says. */
export type ResultsOfLink<L extends CreatedLink> =
  L extends CreatedLink<infer P, string>
    ? P extends ProviderId
      ? ResultsOf<P, TypesOf<L["operations"][number]> & OperationType<P>>
      : AnyResults
    : AnyResults;

type TypesOf<O> = O extends { resource: infer Resource extends string; action: infer Action extends string }
  ? `${Resource}:${Action}`
  : never;

/** A link with its outcome. `R` is the type of its `results`. */
export interface Link<R = AnyResults> extends PlainLink {
  /** The data by `resource:action`, of one operation or several. Undefined until complete, and where one was asked for twice. */
  results: R | undefined;
}
