import type { Scope } from "@/lib/domain/access/policy"
import type { Refusal } from "@/lib/domain/release/decision"
import type { Context } from "@/lib/server/access/context"
import { callerOfSession, sessionCookieName } from "@/lib/server/people/session-token"
import { findToken } from "@/lib/server/tokens/find-token"
import { clientAddress } from "./client-address"
import { readCookie } from "./read-cookie"

export type Caller = { ok: true; ctx: Context; by: "token" | "cookie" | "nobody" } | { ok: false; refusal: Refusal }

/** Who sent a request: a bearer token if there is one (a wrong one is refused, not overlooked), else the session cookie. */
export async function resolveCaller(request: Request): Promise<Caller> {
  const from = {
    address: clientAddress(request.headers),
    userAgent: request.headers.get("user-agent")?.slice(0, 400) ?? null,
  }
  const authorization = request.headers.get("authorization")
  if (authorization !== null) {
    const secret = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1]
    const token = secret ? await findToken(secret) : null
    if (!token) {
      return {
        ok: false,
        refusal: { code: "unauthenticated", message: "The token is unknown, revoked or has expired." },
      }
    }
    const { person, id, scopes } = token
    return { ok: true, by: "token", ctx: { person, tokenScopes: scopes as Scope[], tokenId: id, ...from } }
  }
  const cookie = readCookie(request.headers.get("cookie") ?? "", sessionCookieName())
  const session = await callerOfSession(cookie)
  const { person, sessionId } = session ?? { person: null, sessionId: null }
  const ctx: Context = { person, tokenScopes: null, tokenId: null, sessionId, ...from }
  return { ok: true, by: person ? "cookie" : "nobody", ctx }
}
