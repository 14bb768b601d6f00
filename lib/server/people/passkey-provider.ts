import CredentialsProvider from "next-auth/providers/credentials"
import { signInWithPasskey } from "@/lib/server/passkeys/sign-in-with-passkey"

/** Sign-in with a passkey: takes the challenge's id and the browser's answer as JSON text. `address` is the client's. */
export function passkeyProvider(address: string | null) {
  return CredentialsProvider({
    id: "passkey",
    name: "Passkey",
    credentials: { challengeId: { type: "text" }, response: { type: "text" } },
    async authorize(credentials) {
      const response = readJson(credentials?.response)
      const answer = await signInWithPasskey({ challengeId: credentials?.challengeId, response }, address)
      // The page turns this code into words; every other failure is one and the same.
      if (!answer.ok && answer.reason === "too_many") throw new Error("TooManyAttempts")
      return answer.ok ? answer.person : null
    },
  })
}

function readJson(text: unknown): unknown {
  if (typeof text !== "string" || text.length > 100_000) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
