import type { Read, Stored } from "./api.ts";
import { read } from "./outcomes.ts";

/** Of the indexed databases so much is read each time: what signs someone in is small, and caches are large. */
const limits = { recordsOfStore: 200, characters: 1_048_576, ms: 400 } as const;
const deepest = 16;

/**
 * The site's stored entries: local, of the session, and of its indexed databases, those as JSON. None where the document has
 * no storage (about:blank, a sandbox), and where the document around it has the same.
 */
export async function storage(): Promise<Stored> {
  const entries: [string, string][] = [];
  if (isWithinItsSite()) return { host: location.host, entries };
  for (const store of [() => localStorage, () => sessionStorage])
    try {
      entries.push(...(Object.entries(store()) as [string, string][]));
    } catch {
      // The document may not have this one.
    }
  const patience = new Promise<void>((resolve) => setTimeout(resolve, limits.ms));
  await Promise.race([databases(entries).catch(() => {}), patience]);
  return { host: location.host, entries: [...entries] };
}

/** Null where the document is another origin's by now, or may have no storage, too. */
export function storedValue(origin: string, area: "local" | "session", key: string): Read<string | null> {
  if (location.origin !== origin) return read(null);
  try {
    return read((area === "local" ? localStorage : sessionStorage).getItem(key));
  } catch {
    return read(null);
  }
}

function isWithinItsSite(): boolean {
  try {
    return parent !== window && parent.location.origin === location.origin;
  } catch {
    return false;
  }
}

async function databases(entries: [string, string][]): Promise<void> {
  const budget = { characters: limits.characters };
  for (const { name } of await indexedDB.databases()) {
    const database = name === undefined ? null : await opened(name);
    if (!database) continue;
    // The page may delete or upgrade it at any time, and would wait for us.
    database.onversionchange = () => database.close();
    try {
      for (const store of database.objectStoreNames) await readStore(database, store, entries, budget);
    } finally {
      database.close();
    }
  }
}

/** Null for a database that went meanwhile: it is not made anew. */
function opened(name: string): Promise<IDBDatabase | null> {
  const request = indexedDB.open(name);
  return new Promise((resolve) => {
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
    request.onblocked = () => resolve(null);
  });
}

function readStore(
  database: IDBDatabase,
  name: string,
  entries: [string, string][],
  budget: { characters: number },
): Promise<void> {
  return new Promise((resolve) => {
    const cursor = database.transaction(name, "readonly").objectStore(name).openCursor();
    let records = 0;
    cursor.onerror = () => resolve();
    cursor.onsuccess = () => {
      const record = cursor.result;
      if (!record || records++ >= limits.recordsOfStore || budget.characters <= 0) return resolve();
      const value = typeof record.value === "string" ? record.value : JSON.stringify(plain(record.value, deepest));
      budget.characters -= value.length;
      entries.push([typeof record.key === "string" ? record.key : name, value]);
      record.continue();
    };
  });
}

/** A structured clone as JSON can hold it: of maps and sets the values, of bytes their text. */
function plain(value: unknown, depth: number): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return null;
  if (value instanceof Map) return plain(Object.fromEntries(value), depth - 1);
  if (value instanceof Set) return plain([...value], depth - 1);
  if (value instanceof ArrayBuffer) return new TextDecoder().decode(value);
  if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value.buffer as ArrayBuffer);
  if (Array.isArray(value)) return value.map((one) => plain(one, depth - 1));
  if (value instanceof Date) return value.toISOString();
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one, depth - 1)]));
}
