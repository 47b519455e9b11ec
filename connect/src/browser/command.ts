/** On every call. */
export interface CallOptions {
  /** Ends the call with `cancelled`. The next one waits until the device has let go, at most 5 seconds. */
  signal?: AbortSignal | undefined;
}

/** Params and options in one object, which may be left out where nothing in it is required. */
export type Command<Params, Result> =
  Record<never, never> extends Params
    ? (params?: Params & CallOptions) => Promise<Result>
    : (params: Params & CallOptions) => Promise<Result>;
