import { decode } from "next-auth/jwt"
import type { Person } from "@/lib/server/access/context"
import { env } from "@/lib/server/env"
import { isUuid } from "@/lib/server/releases/find-release"
import { liveSession } from "@/lib/server/sessions/live-session"
import { loadPerson } from "./load-person"

/** The cookie's name is next-auth's own; over HTTPS it carries the prefix that binds it to the host's secure side. */
export function sessionCookieName(): string {
  return `${env().NEXTAUTH_URL.startsWith("https:") ? "__Secure-" : ""}next-auth.session-token`
}

/**
 * The person behind a session cookie, loaded anew: a session is over at once when its row was ended or has expired, and when
 * the person's epoch was raised. A disabled person is still answered (see `disabled`), so that what they try is refused by
 * name and put on record.
 */
export async function callerOfSession(
  cookieValue: string | undefined,
): Promise<{ person: Person; sessionId: string } | null> {
  const secret = env().NEXTAUTH_SECRET
  if (!cookieValue || !secret) return null
  const token = await decode({ token: cookieValue, secret }).catch(() => null)
  const sid = token?.sid
  if (!token?.sub || typeof sid !== "string" || !isUuid(sid)) return null
  const [session, person] = await Promise.all([liveSession(sid), loadPerson(token.sub)])
  if (!person || session?.userId !== person.id || person.sessionEpoch !== token.epoch) return null
  return { person, sessionId: sid }
}
