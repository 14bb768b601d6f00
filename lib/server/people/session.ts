import type { Context, Person } from "@/lib/server/access/context"
import { clientAddress } from "@/lib/server/http-api/client-address"
import { readCookie } from "@/lib/server/http-api/read-cookie"
import { personOfSession, sessionCookieName } from "./session-token"

/** The person who looks at a page: `currentPerson(await headers())`. Null: nobody signed in, or the account is disabled. */
export async function currentPerson(headers: Headers): Promise<Person | null> {
  const person = await personOfSession(readCookie(headers.get("cookie") ?? "", sessionCookieName()))
  return person && !person.disabled ? person : null
}

/** What a page hands to verbs: `currentContext(await headers())`. */
export async function currentContext(headers: Headers): Promise<Context> {
  return {
    person: await currentPerson(headers),
    tokenScopes: null,
    tokenId: null,
    address: clientAddress(headers),
    userAgent: headers.get("user-agent"),
  }
}
