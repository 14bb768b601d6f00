import { readCa, readServerUrl, refuseParameters, type TlsMode } from "./server-url"

export interface RedisPlace {
  host: string
  port: number
  user: string | null
  password: string | null
  database: number
  tls: TlsMode
  ca?: string
}

const PROTOCOLS = ["redis", "rediss"]
/** Habits of clients; where to connect to is said by none of them. */
const KNOWN = new Set(["family", "protocol"])

/** Where a Redis is and as whom it is asked. Throws an Error in words, which names what is not taken. */
export function readRedisUrl(text: string, { tls, ca }: { tls?: TlsMode; ca?: string }): RedisPlace {
  const url = readServerUrl(text, PROTOCOLS, 6379)
  refuseParameters(url, KNOWN)
  const { host, port, user, password, path } = url
  if (!/^\d{0,5}$/.test(path)) throw new Error("The address names a database that is no number")
  const authorities = readCa(ca)
  return {
    ...{ host, port, user, password },
    database: Number(path),
    tls: tls ?? (authorities || url.protocol === "rediss" ? "verify" : "off"),
    ...(authorities ? { ca: authorities } : {}),
  }
}
