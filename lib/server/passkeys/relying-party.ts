import { isIP } from "node:net"
import { env } from "@/lib/server/env"
import { type Result, refused } from "@/lib/server/result"

export interface RelyingParty {
  /** The domain that passkeys are made for. */
  id: string
  /** The one origin whose pages may use them. */
  origin: string
  /** Whether the domain is a name. Browsers make no passkeys for an IP address. */
  named: boolean
}

/** Whom passkeys are made for: the address that people open, as NEXTAUTH_URL says it. */
export function relyingParty(): RelyingParty {
  const { hostname, origin } = new URL(env().NEXTAUTH_URL)
  return { id: hostname, origin, named: isIP(hostname.replace(/^\[|\]$/g, "")) === 0 }
}

/** The refusal of everything that begins with a passkey where there can be none. Null: there can. */
export function unnamedRefusal(): Extract<Result<never>, { ok: false }> | null {
  const { named, origin } = relyingParty()
  if (named) return null
  const message = `Passkeys need a name such as localhost: the console's address is ${origin}, an IP address.`
  return refused("conflict", message, { field: "passkey" })
}
