import { randomUUID } from "node:crypto"
import { signRequest } from "@/lib/contracts/api/requests"
import { roleTitles, type SignoffRole } from "@/lib/domain/access/roles"
import type { Decision } from "@/lib/domain/release/decision"
import { coveredContent } from "@/lib/domain/signoff/covered-content"
import { decideDecline, decideSign, refusalToSign } from "@/lib/domain/signoff/decide-signoff"
import type { PersonActor } from "@/lib/server/access/authorise"
import type { Context, Person } from "@/lib/server/access/context"
import { recordRefusal } from "@/lib/server/access/record-refusal"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { withRelease } from "@/lib/server/commit/with-release"
import { hashJson } from "@/lib/server/crypto/sha256"
import { storeEvidence } from "@/lib/server/evidence/store-evidence"
import { parseInput } from "@/lib/server/parse-input"
import { confirmPassword } from "@/lib/server/people/confirm-password"
import { accessRelease } from "@/lib/server/releases/access-release"
import type { Changed } from "@/lib/server/releases/change-release"
import { type Result, refused } from "@/lib/server/result"
import { sealManifest } from "./signature-manifest"
import { parseSignoffRole } from "./signoff-role"

/**
 * Signs, or declines, for a role that the person holds and names: after a fresh password, over the content that their page
 * showed. What is signed is kept as evidence, sealed.
 */
export async function signRelease(
  ctx: Context,
  releaseId: string,
  roleName: string,
  body: unknown,
): Promise<Result<Changed>> {
  const found = await accessRelease(ctx, "signoff.sign", releaseId)
  if (!found.ok) return found
  const { person, roles, actor } = found.value.access
  const role = parseSignoffRole(roleName)
  if (!role.ok) return role
  if (!roles.includes(role.value)) {
    const answer = refused("forbidden", `You do not hold the role ${roleTitles[role.value]}.`)
    await recordRefusal(ctx, "signoff.sign", answer.refusal, { releaseId, role: role.value })
    return answer
  }
  const input = parseInput(signRequest, body)
  if (!input.ok) return input
  const known = await confirmPassword(ctx, person, input.value.password)
  if (!known.ok) return known
  const signer: PersonActor = { ...actor, role: role.value }
  const { decision, reason, items, contentHash } = input.value
  const committed = await withRelease(releaseId, (hand) => {
    if (decision === "decline") {
      return decideDecline(hand.state, { role: role.value, reason: reason ?? "", roles }, signer)
    }
    const matches = contentHash === undefined || contentHash === hashJson(coveredContent(hand.state))
    return sign(hand, { ctx, person, signer, wish: { role: role.value, items, roles, contentHashMatches: matches } })
  })
  if (committed.ok)
    return { ok: true, value: { release: committed.state, events: committed.events, result: undefined } }
  await recordRefusal(ctx, "signoff.sign", committed.refusal, { releaseId, role: role.value })
  return committed
}

async function sign(
  { tx, state, now }: ReleaseInHand,
  {
    ctx,
    person,
    signer,
    wish,
  }: {
    ctx: Context
    person: Person
    signer: PersonActor
    wish: Parameters<typeof refusalToSign>[1] & { role: SignoffRole }
  },
): Promise<Decision> {
  const refusal = refusalToSign(state, wish, signer)
  if (refusal) return { ok: false, refusal }
  const { role } = wish
  const signatureId = randomUUID()
  const { text, ...sealed } = sealManifest(state, {
    signatureId,
    role,
    signer: { id: person.id, name: person.name, email: person.email },
    address: ctx.address,
    userAgent: ctx.userAgent,
    at: now.toISOString(),
  })
  const evidence = await storeEvidence(tx, {
    releaseId: state.id,
    subject: `signoff/${role}`,
    kind: "manifest",
    blocks: [{ type: "text", title: "What was signed (canonical JSON)", text }],
    at: now,
  })
  return decideSign(
    state,
    { ...wish, signature: { ...sealed, method: "password", signatureId, evidenceId: evidence.id } },
    signer,
  )
}
