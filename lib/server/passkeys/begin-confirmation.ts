import { confirmRequest } from "@/lib/contracts/api/passkeys"
import type { Context } from "@/lib/server/access/context"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { personAtTheKeyboard } from "@/lib/server/sessions/person-at-the-keyboard"
import { type BegunAssertion, beginAssertion } from "./begin-assertion"
import { unnamedRefusal } from "./relying-party"

/** Asks one's passkey to confirm who is at the keyboard, before passkeys are added or removed. For this errand alone. */
export async function beginConfirmation(ctx: Context, body: unknown): Promise<Result<BegunAssertion>> {
  const asking = personAtTheKeyboard(ctx, "change passkeys")
  if (!asking.ok) return asking
  const input = parseInput(confirmRequest, body)
  if (!input.ok) return input
  const unnamed = unnamedRefusal()
  if (unnamed) return unnamed
  const person = { id: asking.person.id }
  const begun = await beginAssertion({ person, purpose: "enrol", data: input.value })
  // Without any, browsers would offer whatever passkey lies on the device.
  if (begun.options.allowCredentials?.length === 0) {
    return refused("invalid", "You have no passkey yet. Use your password.", { field: "passkey" })
  }
  return done(begun)
}
