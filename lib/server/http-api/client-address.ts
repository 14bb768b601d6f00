import { isIP } from "node:net"

/** The client's address: what the proxy in front (or the web server itself) wrote first, if it is an address at all. */
export function clientAddress(headers: Headers): string | null {
  const first = headers.get("x-forwarded-for")?.split(",")[0]?.trim() ?? headers.get("x-real-ip")?.trim() ?? ""
  return isIP(first) ? first : null
}
