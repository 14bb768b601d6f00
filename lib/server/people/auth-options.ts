import type { NextAuthOptions } from "next-auth"
import CredentialsProvider from "next-auth/providers/credentials"
import { env } from "@/lib/server/env"
import { clientAddress } from "@/lib/server/http-api/client-address"
import { SESSION_MAX_AGE_S } from "./session-token"
import { signIn } from "./sign-in"

/** Sign-in by password; the session is a sealed cookie that names the person and the epoch it belongs to. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE_S },
    pages: { signIn: "/signin", error: "/signin" },
    providers: [
      CredentialsProvider({
        name: "Password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          if (typeof credentials?.email !== "string" || typeof credentials.password !== "string") return null
          const address = clientAddress(new Headers(request.headers as Record<string, string>))
          const answer = await signIn({ email: credentials.email, password: credentials.password, address })
          // The page turns this code into words; every other failure is one and the same.
          if (!answer.ok && answer.reason === "too_many") throw new Error("TooManyAttempts")
          return answer.ok ? answer.person : null
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (user) return { sub: user.id, epoch: "epoch" in user ? user.epoch : 0 }
        return token
      },
      session({ session, token }) {
        return { ...session, user: { ...session.user, id: token.sub } }
      },
      redirect({ url, baseUrl }) {
        return sameOriginUrl(url, baseUrl)
      },
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
