import type { CreatedKey } from "@passage/protocol/http/key";
import type { OperatorKeyRequest } from "@passage/protocol/http/organization";
import type { ErrorBody } from "@passage/protocol/http/problem";
import type { Mode } from "@passage/protocol/ids";
import { NoServerError } from "./command.ts";
import type { DataFolder } from "./runtime/data-folder.ts";

/** The operator routes of a running server, opened by the token in its data folder. */
export class Operator {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** @throws {NoServerError} with what to do when no server runs on the folder. */
  static of(data: DataFolder): Operator {
    return new Operator(data.requireServer().url, data.operatorToken);
  }

  /** A key in any organization; the organization too, where there is none of this id. */
  createKey(mode: Mode, request: Omit<OperatorKeyRequest, "mode"> = {}): Promise<CreatedKey> {
    return this.#ask("POST", "/operator/keys", { ...request, mode });
  }

  countKeys(): Promise<Record<Mode, number>> {
    return this.#ask("GET", "/operator/keys/count");
  }

  async #ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.#url + path, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((cause) => {
      throw NoServerError.at(this.#url, cause);
    });
    const answer = (await response.json()) as T & Partial<ErrorBody>;
    if (response.ok) return answer;
    const issues = answer.issues?.map((issue) => `${issue.path} ${issue.message}`) ?? [];
    throw new Error([answer.error ?? `The server answered ${response.status}`, ...issues].join("\n"));
  }
}
