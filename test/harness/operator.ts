import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CreatedKey } from "@passage/protocol/http/key";
import type { OperatorKeyRequest } from "@passage/protocol/http/organization";
import { type Answered, request } from "./api.ts";
import type { Running } from "./passage-process.ts";

/** One request with the operator's token. */
export function asOperator<T>(passage: Running, method: string, path: string, body?: unknown): Promise<Answered<T>> {
  const token = readFileSync(join(passage.data, "operator-token"), "utf8").trim();
  return request<T>(passage, method, path, body, { key: token });
}

/** A new key, by the operator; of an organization of its own where one is named. */
export async function newKey(passage: Running, fields: OperatorKeyRequest = {}): Promise<CreatedKey> {
  return (await asOperator<CreatedKey>(passage, "POST", "/operator/keys", fields)).body;
}

/** The server, spoken to with another key. */
export async function asOrganization(passage: Running, organization: string): Promise<Running> {
  return { ...passage, testKey: (await newKey(passage, { organization })).key };
}
