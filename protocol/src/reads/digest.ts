import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../canonical-json.ts";

/**
 * Names a declaration of a manifest by its content as well: `bills@1f3a9c02`. A request with this name cannot be replayed, or
 * answered by a device, when the declaration is another one now. The eight hex digits are the first of the SHA-256 of the
 * declaration's canonical JSON.
 */
export function declaredName(name: string, declaration: unknown): string {
  return `${name}@${bytesToHex(sha256(utf8ToBytes(canonicalJson(declaration)))).slice(0, 8)}`;
}

/** A name of a declaration as it stands in a request. */
export const declaredNameForm = /^[a-z][A-Za-z0-9]{0,39}@[0-9a-f]{8}$/;
