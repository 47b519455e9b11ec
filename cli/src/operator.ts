import type { AuditLog } from "@passage/protocol/http/audit-log";
import type { CreatedKey } from "@passage/protocol/http/key";
import type { OperatorKeyRequest, Organization, OrganizationList } from "@passage/protocol/http/organization";
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

  async organizations(): Promise<Organization[]> {
    const organizations: Organization[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query: string = new URLSearchParams({ limit: "100", ...(cursor && { cursor }) }).toString();
      const page: OrganizationList = await this.#ask("GET", `/operator/organizations?${query}`);
      organizations.push(...page.organizations);
      cursor = page.nextCursor;
    }
    return organizations;
  }

  /** @throws naming the ids that there are */
  async organization(id: string): Promise<Organization> {
    const all = await this.organizations();
    const found = all.find((one) => one.id === id);
    if (found) return found;
    throw new Error(`There is no organization ${id}, but ${all.map((one) => one.id).join(", ") || "none at all"}.`);
  }

  /** Makes the organization where there is none of this id. */
  nameOrganization(id: string, name: string): Promise<Organization> {
    return this.#ask("POST", "/operator/organizations", { id, name });
  }

  /** @param linkShards over how many objects its links are spread from now on; never fewer than before */
  setLinkShards(id: string, linkShards: number): Promise<Organization> {
    return this.#ask("POST", "/operator/organizations", { id, linkShards });
  }

  /** What operators did, newest first. */
  auditLog(query: URLSearchParams): Promise<AuditLog> {
    return this.#ask("GET", `/operator/audit_log?${query}`);
  }

  async #ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.#url + path, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((cause) => {
      throw NoServerError.at(this.#url, cause);
    });
    const answer = (await response.json().catch((cause) => {
      throw new Error(`What answers at ${this.#url} is no Passage server: status ${response.status}, no JSON.`, {
        cause,
      });
    })) as T & Partial<ErrorBody>;
    if (response.ok) return answer;
    const issues = answer.issues?.map((issue) => `${issue.path} ${issue.message}`) ?? [];
    throw new Error([answer.error ?? `The server answered ${response.status}`, ...issues].join("\n"));
  }
}
