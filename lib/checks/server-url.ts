import { z } from "zod"
import { portNumber } from "./port-number"

/** How a server is connected to; `tls` left out: as its address says. */
export const tlsFields = {
  tls: z
    .enum(["off", "require", "verify"])
    .optional()
    .describe(
      "`verify`: the certificate must be valid for the host. `require`: encrypted, whatever the certificate. Left out: as the address says.",
    ),
  ca: z
    .string()
    .min(1)
    .max(200_000)
    .optional()
    .describe("Certificates (PEM) of the authorities to trust instead of the public ones, or a placeholder for them."),
}

export type TlsMode = "off" | "require" | "verify"

export interface ServerUrl {
  protocol: string
  host: string
  port: number
  user: string | null
  password: string | null
  /** Without the slash in front; empty where there is none. */
  path: string
  /** Never one name twice. */
  parameters: Map<string, string>
}

/**
 * The parts of an address such as `postgresql://user:password@host:5432/name?sslmode=require`. Drivers know more ways to
 * say where to connect to, which would lead past the fence or to files: they get parts, never the address. Throws an Error
 * in words that show neither user nor password.
 */
export function readServerUrl(text: string, protocols: readonly string[], defaultPort: number): ServerUrl {
  const [, protocol] = /^([a-z]+):\/\//i.exec(text.trim()) ?? []
  if (!protocol || !protocols.includes(protocol.toLowerCase())) {
    throw new Error(`The address must begin with ${protocols.map((name) => `${name}://`).join(" or ")}`)
  }
  const trimmed = text.trim()
  if (trimmed.includes("#")) throw new Error("The address holds a `#`: write it as %23")
  const authority = trimmed.slice(protocol.length + 3).split(/[/?]/, 1)[0] ?? ""
  if (authority.slice(authority.lastIndexOf("@") + 1).includes(",")) {
    throw new Error("The address names several hosts: one is looked at, name that one")
  }
  if (!URL.canParse(trimmed)) throw new Error("The address cannot be read; are `@`, `/`, `:` and `%` in it escaped?")
  const url = new URL(trimmed)
  const host = decoded(url.hostname).replace(/^\[(.*)\]$/, "$1")
  if (host === "") throw new Error("The address names no host")
  if (host.includes("/")) throw new Error("The address names a socket of this machine, which is not connected to")
  return {
    protocol: protocol.toLowerCase(),
    host,
    port: url.port === "" ? defaultPort : portNumber(url.port),
    user: decoded(url.username) || null,
    password: decoded(url.password) || null,
    path: decoded(url.pathname.replace(/^\//, "")),
    parameters: parametersOf(url),
  }
}

function parametersOf(url: URL): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const [name, value] of url.searchParams) {
    if (parameters.has(name)) throw new Error(`The address holds the parameter \`${name.slice(0, 60)}\` twice`)
    parameters.set(name, value)
  }
  return parameters
}

/** Fields of these protocols end with a NUL: one in a value would begin the next field. */
function decoded(text: string): string {
  let plain: string
  try {
    plain = decodeURIComponent(text)
  } catch {
    throw new Error("The address cannot be read: write a `%` in it as %25")
  }
  if (plain.includes("\0")) throw new Error("The address holds a NUL")
  return plain
}

/** For people who read what is looked at: a placeholder as it stands; what is written out may hold a password. */
export function sayAddress(text: string): string {
  return /^\s*\{\{[^{}]{1,100}\}\}\s*$/.test(text) ? text.trim() : "the address given"
}

/** Refuses what an address asks for and nobody would heed. */
export function refuseParameters({ parameters }: ServerUrl, known: ReadonlySet<string>): void {
  for (const name of parameters.keys()) {
    if (known.has(name)) continue
    const instead = /^ssl(root)?c/.test(name) ? ": use `ca` for certificates" : ""
    throw new Error(`The address holds the parameter \`${name.slice(0, 60)}\`, which is not taken here${instead}`)
  }
}

/** Certificates as OpenSSL takes them; variables often hold their line breaks written as `\n`. */
export function readCa(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const found = text.replaceAll("\\n", "\n").match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g)
  if (!found) throw new Error("`ca` holds no certificate (PEM)")
  return found.join("\n")
}
