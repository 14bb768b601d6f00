import { isIP } from "node:net"

/** `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::53]:53` or a name, taken apart. Throws an Error in words. */
export function readServer(text: string): { host: string; port: number } {
  const server = text.trim()
  if (isIP(server)) return { host: server, port: 53 }
  const [, bracketed, host = bracketed, digits] = /^(?:\[([^\]]+)\]|([^\s:/[\]]+))(?::(\d{1,5}))?$/.exec(server) ?? []
  const port = digits === undefined ? 53 : Number(digits)
  if (!host || port < 1 || port > 65_535)
    throw new Error(`"${server}" is no name server: write 192.0.2.53 or 192.0.2.53:5353`)
  return { host, port }
}
