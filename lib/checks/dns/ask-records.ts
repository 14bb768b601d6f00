import { Resolver } from "node:dns/promises"
import { isIPv6 } from "node:net"
import type { DnsType } from "./definition"

export interface DnsRecord {
  /** As in a zone file, without the dot at the end of names. */
  text: string
  /** Only where the resolver tells it: A and AAAA. */
  ttlS: number | null
}

/**
 * `none`: the name has no such record. `broken`: the name server answered that it cannot say. `silent`: it did not answer.
 * `invalid`: this cannot be asked.
 */
export type DnsAnswer =
  | { state: "found"; records: DnsRecord[] }
  | { state: "none" | "broken" | "silent" | "invalid"; words: string }

export interface DnsQuestion {
  name: string
  type: DnsType
  /** Left out: the name servers of this machine. */
  server?: { address: string; port: number }
  timeoutMs: number
  signal: AbortSignal
}

/** One question, asked afresh: nothing is remembered. Rejects with the signal's reason. */
export async function askRecords({ name, type, server, timeoutMs, signal }: DnsQuestion): Promise<DnsAnswer> {
  signal.throwIfAborted()
  // The second try waits twice as long as the first, which leaves a quarter for more name servers.
  const resolver = new Resolver({ timeout: Math.max(100, Math.floor(timeoutMs / 4)), tries: 2 })
  if (server) resolver.setServers([`${isIPv6(server.address) ? `[${server.address}]` : server.address}:${server.port}`])
  const cancel = () => resolver.cancel()
  const timer = setTimeout(cancel, timeoutMs)
  signal.addEventListener("abort", cancel, { once: true })
  try {
    return { state: "found", records: await read(resolver, name, type) }
  } catch (error) {
    signal.throwIfAborted()
    return wordsOf(error as NodeJS.ErrnoException)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener("abort", cancel)
  }
}

async function read(resolver: Resolver, name: string, type: DnsType): Promise<DnsRecord[]> {
  const plain = (texts: string[]): DnsRecord[] => texts.map((text) => ({ text, ttlS: null }))
  switch (type) {
    case "A":
      return (await resolver.resolve4(name, { ttl: true })).map(({ address, ttl }) => ({ text: address, ttlS: ttl }))
    case "AAAA":
      return (await resolver.resolve6(name, { ttl: true })).map(({ address, ttl }) => ({ text: address, ttlS: ttl }))
    case "CNAME":
      return plain(await resolver.resolveCname(name))
    case "NS":
      return plain(await resolver.resolveNs(name))
    // A text longer than 255 bytes comes in pieces that belong together.
    case "TXT":
      return plain((await resolver.resolveTxt(name)).map((pieces) => pieces.join("")))
    case "MX":
      return plain((await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${exchange}`))
    case "SRV":
      return plain(
        (await resolver.resolveSrv(name)).map((one) => `${one.priority} ${one.weight} ${one.port} ${one.name}`),
      )
    case "CAA":
      return plain(
        (await resolver.resolveCaa(name)).map(({ critical, ...property }) => {
          const [tag, value] = Object.entries(property).find(([key]) => key !== "type") ?? ["unknown", ""]
          return `${critical} ${tag} ${value}`
        }),
      )
  }
}

const WORDS: Record<string, Exclude<DnsAnswer, { state: "found" }>> = {
  ENOTFOUND: { state: "none", words: "there is no such name" },
  ENODATA: { state: "none", words: "the name has no such record" },
  ESERVFAIL: { state: "broken", words: "the name server failed (SERVFAIL)" },
  EREFUSED: { state: "broken", words: "the name server refused to say (REFUSED)" },
  ENOTIMP: { state: "broken", words: "the name server does not know this question (NOTIMP)" },
  EFORMERR: { state: "broken", words: "the name server did not understand the question (FORMERR)" },
  EBADRESP: { state: "broken", words: "the name server's answer makes no sense" },
  ECONNREFUSED: { state: "silent", words: "no name server there" },
  ETIMEOUT: { state: "silent", words: "no answer" },
  ECANCELLED: { state: "silent", words: "no answer" },
  EBADNAME: { state: "invalid", words: "is no name that can be asked for" },
}

function wordsOf({ code = "", message }: NodeJS.ErrnoException): DnsAnswer {
  return WORDS[code] ?? { state: "silent", words: `no answer (${code || message})` }
}
