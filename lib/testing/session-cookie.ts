import { encode } from "next-auth/jwt"
import { env } from "@/lib/server/env"
import { openSession } from "@/lib/server/sessions/open-session"
import type { SessionMethod } from "@/lib/server/sessions/session-length"

/** Signs a person in without a browser: the `Cookie` header of a session of their own. */
export async function sessionCookie(userId: string, method: SessionMethod = "password"): Promise<string> {
  const session = await openSession({ userId, method, address: "203.0.113.7", userAgent: "test" })
  const token = await encode({ token: { sub: userId, ...session }, secret: env().NEXTAUTH_SECRET ?? "" })
  return `next-auth.session-token=${token}`
}
