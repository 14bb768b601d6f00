import { readCa, readServerUrl, refuseParameters, type TlsMode } from "./server-url"

export interface PostgresPlace {
  host: string
  port: number
  user: string
  password: string | null
  database: string
  /** Where tables are looked for, if the address says so. */
  schema: string | null
  /** `prefer`: encrypted where the server can. */
  tls: TlsMode | "prefer"
  ca?: string
  channelBinding: boolean
}

const PROTOCOLS = ["postgresql", "postgres"]

/** What an address may say. The ones after the first line are about a client's own habits. */
const KNOWN = new Set([
  ...["sslmode", "ssl", "sslaccept", "schema", "channel_binding"],
  ...["application_name", "connect_timeout", "connection_limit", "pool_timeout", "socket_timeout", "pgbouncer"],
  ...["statement_cache_size", "max_idle_connection_lifetime", "keepalives", "uselibpqcompat"],
])

export function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//i.test(text.trim())
}

/** Where a database is and as whom it is asked. Throws an Error in words, which names what is not taken. */
export function readPostgresUrl(text: string, { tls, ca }: { tls?: TlsMode; ca?: string }): PostgresPlace {
  const url = readServerUrl(text, PROTOCOLS, 5432)
  refuseParameters(url, KNOWN)
  const { host, port, user, password, path, parameters } = url
  if (user === null) throw new Error("The address names no user")
  const authorities = readCa(ca)
  return {
    ...{ host, port, user, password },
    database: path || user,
    schema: parameters.get("schema") ?? null,
    tls: tls ?? (authorities ? "verify" : tlsOf(parameters)),
    ...(authorities ? { ca: authorities } : {}),
    channelBinding: ["prefer", "require"].includes(parameters.get("channel_binding") ?? ""),
  }
}

const MODES: Record<string, PostgresPlace["tls"]> = {
  disable: "off",
  allow: "prefer",
  prefer: "prefer",
  require: "require",
  "no-verify": "require",
  "verify-ca": "verify",
  "verify-full": "verify",
}

function tlsOf(parameters: Map<string, string>): PostgresPlace["tls"] {
  const mode = parameters.get("sslmode")
  if (mode !== undefined) {
    const known = Object.hasOwn(MODES, mode) ? MODES[mode] : undefined
    if (!known) throw new Error("The address holds an `sslmode` that does not exist")
    return known === "require" && parameters.get("sslaccept") === "strict" ? "verify" : known
  }
  const ssl = parameters.get("ssl")
  if (ssl === undefined) return parameters.get("sslaccept") === "strict" ? "verify" : "prefer"
  return ssl === "true" || ssl === "1" ? "verify" : "off"
}
