import type { Context } from "@/lib/server/access/context"
import { clientAddress } from "@/lib/server/http-api/client-address"
import { readCookie } from "@/lib/server/http-api/read-cookie"
import { callerOfSession, sessionCookieName } from "./session-token"

/** What a page hands to verbs: `currentContext(await headers())`. No person: nobody signed in, or the account is disabled. */
export async function currentContext(headers: Headers): Promise<Context> {
  const session = await callerOfSession(readCookie(headers.get("cookie") ?? "", sessionCookieName()))
  const here = session && !session.person.disabled ? session : null
  return {
    person: here?.person ?? null,
    sessionId: here?.sessionId ?? null,
    tokenScopes: null,
    tokenId: null,
    address: clientAddress(headers),
    userAgent: headers.get("user-agent"),
  }
}
