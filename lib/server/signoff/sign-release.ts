import { signRequest } from "@/lib/contracts/api/signoffs"
import { decideDecline } from "@/lib/domain/signoff/decide-signoff"
import type { Context } from "@/lib/server/access/context"
import { withRelease } from "@/lib/server/commit/with-release"
import { parseInput } from "@/lib/server/parse-input"
import { confirmPassword } from "@/lib/server/people/confirm-password"
import { type Result, refused } from "@/lib/server/result"
import { signWithPasskey } from "./sign-with-passkey"
import { signWithPassword } from "./sign-with-password"
import { signerNow } from "./signer-in-hand"
import { accessSignoff, refuseSigning, type Signed, type SignInput, type Signing } from "./signing"

/**
 * Signs, or declines, for a role that the person names and holds, or stands in for. A signature takes a fresh proof of who
 * they are, over the content that their page showed; what is signed is kept as evidence, sealed. Asked again while the
 * person's signature stands, it answers with that one.
 */
export async function signRelease(
  ctx: Context,
  releaseId: string,
  roleName: string,
  body: unknown,
): Promise<Result<Signed>> {
  const signing = await accessSignoff(ctx, releaseId, roleName)
  if (!signing.ok) return signing
  const input = parseInput(signRequest, body)
  if (!input.ok) return input
  if (input.value.decision === "decline") return decline(signing.value, input.value)
  if (input.value.passkey) return signWithPasskey(signing.value, input.value.passkey)
  if (input.value.password) return signWithPassword(signing.value, input.value.password, input.value)
  return refused("invalid", "A fresh proof of who you are is needed.", { field: "password" })
}

/** To stop a release takes a reason and no proof: only what lets it pass does. A password that is given is checked. */
async function decline(signing: Signing, input: SignInput): Promise<Result<Signed>> {
  const { ctx, releaseId, role, person, signer } = signing
  if (input.password !== undefined) {
    const known = await confirmPassword(ctx, person, input.password)
    if (!known.ok) return known
  }
  const committed = await withRelease(releaseId, async ({ tx, state, now }) => {
    const who = await signerNow(tx, person.id, state.service.id)
    const onBehalfOfId = input.onBehalfOf ?? null
    return decideDecline(
      state,
      { role, ...who, onBehalfOfId, reason: input.reason ?? "", nowMs: now.getTime() },
      signer,
    )
  })
  if (!committed.ok) return refuseSigning(signing, committed.refusal)
  return { ok: true, value: { release: committed.state, events: committed.events, result: undefined } }
}
