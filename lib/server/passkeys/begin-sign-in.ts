import { signInChallengeRequest } from "@/lib/contracts/api/passkeys"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { type AttemptLimit, takeAttempt } from "@/lib/server/access/take-attempt"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { type BegunAssertion, beginAssertion } from "./begin-assertion"
import { unnamedRefusal } from "./relying-party"

/** What an office behind one address needs in the morning, and no more. */
const CHALLENGES: AttemptLimit = { max: 300, windowMs: 15 * 60_000 }

/** Asks whoever wants to sign in for any passkey of this console. It names nobody, so it tells nobody who is here. */
export async function beginSignIn(ctx: Context, body: unknown): Promise<Result<BegunAssertion>> {
  const input = parseInput(signInChallengeRequest, body)
  if (!input.ok) return input
  const unnamed = unnamedRefusal()
  if (unnamed) return unnamed
  const { retryAfterMs } = await takeAttempt(`passkey-ask:${sha256Hex(ctx.address ?? "unknown")}`, CHALLENGES)
  if (retryAfterMs > 0) {
    await recordSecurityEvent({ type: "passkey.limited", userId: null, address: ctx.address, data: { purpose: "ask" } })
    const message = `Too many attempts. Try again in ${Math.ceil(retryAfterMs / 60_000)} min.`
    return refused("rate_limited", message, { field: "passkey", detail: { retryAfterMs } })
  }
  return done(await beginAssertion({ person: null, purpose: "sign_in", data: {} }))
}
