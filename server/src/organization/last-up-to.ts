/**
 * The key of the last row that was made until a time (epoch ms, `created_at`); 0 when there is none. Found by halves, without an
 * index of times: keys and times have one order.
 */
export function lastUpTo(
  sql: SqlStorage,
  { table, key }: { table: "links"; key: "seq" } | { table: "event_log"; key: "position" },
  time: number,
): number {
  const query = `SELECT ${key} AS key, created_at FROM ${table} WHERE ${key} <= ? ORDER BY ${key} DESC LIMIT 1`;
  const newestUpTo = (bound: number) => sql.exec<{ key: number; created_at: number }>(query, bound).toArray()[0];
  let [low, high] = [0, newestUpTo(Number.MAX_SAFE_INTEGER)?.key ?? 0];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const found = newestUpTo(middle);
    if (found && found.created_at > time) high = found.key - 1;
    else low = middle;
  }
  return low;
}
