/** Headers of the page's own, which only a document of the same origin may send, and only to the same origin. */
export interface BorrowedHeaders {
  readonly headers: Readonly<Record<string, string>>;
  readonly from: string;
  readonly to: string;
}

export interface PageRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly as: "text" | "base64";
  /** Whether the body of a response with another status than 2xx is left out. */
  readonly okOnly: boolean;
  /** Headers that only a document of the origin `from` may send, and only to the origin `to`, which may be another by CORS. */
  readonly borrowed?: BorrowedHeaders | undefined;
  readonly maxBytes: number;
  /** Default `follow`, within the origin. */
  readonly redirect?: "error" | undefined;
}

export interface PageResponse {
  readonly url: string;
  readonly status: number;
  readonly contentType: string | null;
  /** Null where the response has none. */
  readonly body: string | null;
}
