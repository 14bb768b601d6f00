import { decode } from "next-auth/jwt"
import type { Person } from "@/lib/server/access/context"
import { env } from "@/lib/server/env"
import { loadPerson } from "./load-person"

export const SESSION_MAX_AGE_S = 12 * 60 * 60

/** The cookie's name is next-auth's own; over HTTPS it carries the prefix that binds it to the host's secure side. */
export function sessionCookieName(): string {
  return `${env().NEXTAUTH_URL.startsWith("https:") ? "__Secure-" : ""}next-auth.session-token`
}

/**
 * The person behind a session cookie, loaded anew: a session ends at once when its epoch was raised. A disabled person is
 * still answered, so that what they try is refused by name and put on record.
 */
export async function personOfSession(cookieValue: string | undefined): Promise<Person | null> {
  const secret = env().NEXTAUTH_SECRET
  if (!cookieValue || !secret) return null
  const token = await decode({ token: cookieValue, secret }).catch(() => null)
  if (!token?.sub) return null
  const person = await loadPerson(token.sub)
  return person && person.sessionEpoch === token.epoch ? person : null
}
