import type { NextAuthOptions } from "next-auth"
import CredentialsProvider from "next-auth/providers/credentials"
import { env } from "@/lib/server/env"
import { clientAddress } from "@/lib/server/http-api/client-address"
import { openSession } from "@/lib/server/sessions/open-session"
import { SESSION_MAX_AGE_S, type SessionMethod } from "@/lib/server/sessions/session-length"
import { signOutSession } from "@/lib/server/sessions/sign-out"
import { signIn } from "./sign-in"

/** By the provider's id; what is not here opens no session. */
const methods: Record<string, SessionMethod> = { credentials: "password", passkey: "passkey", openid: "openid" }

/**
 * The ways in. Each sign-in opens a session; the sealed cookie names it, the person and the epoch it belongs to. `headers` are
 * those of the request that signs in or out.
 */
export function authOptions(headers: Headers): NextAuthOptions {
  const address = clientAddress(headers)
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE_S },
    pages: { signIn: "/signin", error: "/signin" },
    providers: [
      CredentialsProvider({
        name: "Password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials) {
          if (typeof credentials?.email !== "string" || typeof credentials.password !== "string") return null
          const answer = await signIn({ email: credentials.email, password: credentials.password, address })
          // The page turns this code into words; every other failure is one and the same.
          if (!answer.ok && answer.reason === "too_many") throw new Error("TooManyAttempts")
          return answer.ok ? answer.person : null
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user, account }) {
        if (!user) return token
        const method = methods[account?.provider ?? ""]
        if (!method) throw new Error(`nobody signs in with ${account?.provider}`)
        return {
          sub: user.id,
          ...(await openSession({ userId: user.id, method, address, userAgent: headers.get("user-agent") })),
        }
      },
      session({ session, token }) {
        return { ...session, user: { ...session.user, id: token.sub } }
      },
      redirect({ url, baseUrl }) {
        return sameOriginUrl(url, baseUrl)
      },
    },
    events: {
      signOut: ({ token }) => signOutSession({ userId: token?.sub, sid: token?.sid, address }),
    },
  }
}

/** Where to go after signing in: a place of this console, or its front page. `//host` and `\host` are other hosts. */
export function sameOriginUrl(url: string, baseUrl: string): string {
  try {
    const target = new URL(url, baseUrl)
    return target.origin === new URL(baseUrl).origin ? target.href : baseUrl
  } catch {
    return baseUrl
  }
}
