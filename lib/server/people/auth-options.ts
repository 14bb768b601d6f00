import type { NextAuthOptions } from "next-auth"
import CredentialsProvider from "next-auth/providers/credentials"
import { env } from "@/lib/server/env"
import { clientAddress } from "@/lib/server/http-api/client-address"
import { log } from "@/lib/server/log"
import { openSession } from "@/lib/server/sessions/open-session"
import { SESSION_MAX_AGE_S, type SessionMethod } from "@/lib/server/sessions/session-length"
import { signOutSession } from "@/lib/server/sessions/sign-out"
import { admitByOpenId } from "./admit-by-openid"
import { type OpenIdClaims, openIdProvider } from "./openid-provider"
import { passkeyProvider } from "./passkey-provider"
import { signIn } from "./sign-in"

/** By the provider's id; what is not here opens no session. */
const methods: Record<string, SessionMethod> = { credentials: "password", passkey: "passkey", openid: "openid" }

/**
 * The ways in. Each sign-in opens a session; the sealed cookie names it, the person and the epoch it belongs to. `headers` are
 * those of the request that signs in or out.
 */
export function authOptions(headers: Headers): NextAuthOptions {
  const address = clientAddress(headers)
  const openId = openIdProvider()
  // These options serve one request: whom the provider's answer let in is known from `signIn` to `jwt`.
  let admitted: string | null = null
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE_S },
    logger: {
      error: (code, told) => log.warn({ code, why: told.message }, "a sign-in failed"),
      warn: (code) => log.debug({ code }, "sign-in"),
      debug: () => undefined,
    },
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
      passkeyProvider(address),
      ...(openId ? [openId] : []),
    ],
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.provider !== "openid") return true
        const answer = await admitByOpenId(profile as OpenIdClaims, address)
        if (!answer.ok) return `/signin?error=${answer.reason}`
        admitted = answer.userId
        return true
      },
      async jwt({ token, user, account }) {
        if (!user) return token
        const method = methods[account?.provider ?? ""]
        if (!method) throw new Error(`nobody signs in with ${account?.provider}`)
        const userId = method === "openid" ? admitted : user.id
        if (!userId) throw new Error("nobody was let in")
        return {
          sub: userId,
          ...(await openSession({ userId, method, address, userAgent: headers.get("user-agent") })),
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
