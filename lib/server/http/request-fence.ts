import { isIP } from "node:net"
import { HttpFault } from "@/lib/checks/ports"
import { whyAddressRefused } from "./address-fence"

/** They say where a message ends or whom it is for, which is not the caller's to say. */
const OWN_HEADERS = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "expect",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
])

/** The address of a request, or of a redirect, as far as it can be judged before its name is looked up. Throws HttpFault. */
export function fencedUrl(text: string, base: string | undefined, allowPrivateNetwork: boolean): URL {
  if (!URL.canParse(text, base)) throw new HttpFault("invalid", `"${text.slice(0, 200)}" is no address`)
  const url = new URL(text, base)
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new HttpFault("refused", `${url.protocol} addresses are not requested, only http: and https:`)
  }
  if (url.username || url.password) throw new HttpFault("refused", "An address must not hold a user name or a password")
  if (url.port === "0") throw new HttpFault("invalid", "0 is no port")
  // Decimal, octal and hexadecimal hosts have become plain addresses by now.
  const host = url.hostname.replace(/^\[|\]$/g, "")
  const refusal = isIP(host) ? whyAddressRefused(host, allowPrivateNetwork) : whyNameRefused(host, allowPrivateNetwork)
  if (refusal) throw new HttpFault("refused", `${url.hostname} is not reached from here: ${refusal}`)
  return url
}

/** These mean this machine whatever a name server says. All other names are judged by what they stand for. */
function whyNameRefused(host: string, allowPrivateNetwork: boolean): string | null {
  return !allowPrivateNetwork && /(^|\.)localhost\.*$/.test(host) ? "it is a loopback address" : null
}

/**
 * A host as it may be looked up, brackets and unusual spellings of addresses (decimal, octal, hexadecimal) resolved the
 * way browsers do. Throws HttpFault.
 */
export function fencedHost(host: string, allowPrivateNetwork: boolean): string {
  const plain = isIP(host) === 6 ? `[${host}]` : host
  if (!/^(\[[^\]]+\]|[^\s/?#@\\:[\]]+)$/.test(plain) || !URL.canParse(`http://${plain}`)) {
    throw new HttpFault("invalid", `"${host.slice(0, 200)}" is no host`)
  }
  return fencedUrl(`http://${plain}`, undefined, allowPrivateNetwork).hostname.replace(/^\[|\]$/g, "")
}

export function fencedHeaders(headers: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    if (OWN_HEADERS.has(name.toLowerCase())) throw new HttpFault("invalid", `The header ${name} cannot be set`)
    if (/[\0\r\n]/.test(value)) throw new HttpFault("invalid", `The header ${name} holds a line break`)
  }
  return headers
}

/** A redirect to another origin gets nothing that was meant for the first one. */
export function headersForHop(headers: Record<string, string>, from: URL, to: URL): Record<string, string> {
  return from.origin === to.origin ? headers : {}
}
