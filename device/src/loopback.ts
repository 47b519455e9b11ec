/** Names and addresses that lead to this machine and nowhere else, as browsers resolve them. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.[\d.]+$/.test(hostname)
  );
}
