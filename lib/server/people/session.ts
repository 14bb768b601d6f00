import { cookies, headers } from "next/headers"
import { cache } from "react"
import type { Context, Person } from "@/lib/server/access/context"
import { clientAddress } from "@/lib/server/http-api/client-address"
import { personOfSession, sessionCookieName } from "./session-token"

/** The person who looks at a page, or null: nobody is signed in, or the account was disabled. Read once a request. */
export const currentPerson = cache(async (): Promise<Person | null> => {
  const person = await personOfSession((await cookies()).get(sessionCookieName())?.value)
  return person && !person.disabled ? person : null
})

/** What a page hands to verbs. */
export async function currentContext(): Promise<Context> {
  const sent = await headers()
  return {
    person: await currentPerson(),
    tokenScopes: null,
    tokenId: null,
    address: clientAddress(sent),
    userAgent: sent.get("user-agent"),
  }
}
