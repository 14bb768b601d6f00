import type { z } from "zod"
import type { signRequest } from "@/lib/contracts/api/signoffs"
import type { SignoffRole } from "@/lib/domain/access/roles"
import type { Refusal } from "@/lib/domain/release/decision"
import { capacityFor } from "@/lib/domain/signoff/capacity"
import type { PersonActor } from "@/lib/server/access/authorise"
import { type Context, type Person, standInsFor } from "@/lib/server/access/context"
import { recordRefusal } from "@/lib/server/access/record-refusal"
import { accessRelease } from "@/lib/server/releases/access-release"
import type { Changed } from "@/lib/server/releases/change-release"
import { done, type Result } from "@/lib/server/result"
import { parseSignoffRole } from "./signoff-role"

/** A person before a sign-off that is theirs, or of somebody who named them as stand-in. */
export interface Signing {
  ctx: Context
  releaseId: string
  serviceId: string
  role: SignoffRole
  person: Person
  /** The signer as the timeline names them: with the role that they sign for. */
  signer: PersonActor
}

export type SignInput = z.output<typeof signRequest>
export type Signed = Changed<{ signatureId: string } | undefined>

/** Whether the caller may sign for this role at all; whoever may not is refused before any proof is looked at. */
export async function accessSignoff(ctx: Context, releaseId: string, roleName: string): Promise<Result<Signing>> {
  const found = await accessRelease(ctx, "signoff.sign", releaseId)
  if (!found.ok) return found
  const { person, roles, actor } = found.value.access
  const { serviceId } = found.value.release
  const role = parseSignoffRole(roleName)
  if (!role.ok) return role
  const capacity = capacityFor({ role: role.value, roles, standIns: standInsFor(person, serviceId) })
  const signing = { ctx, releaseId, serviceId, role: role.value, person, signer: { ...actor, role: role.value } }
  return "refusal" in capacity ? refuseSigning(signing, capacity.refusal) : done(signing)
}

/** A refusal, on record where a rule forbade it. */
export async function refuseSigning(
  { ctx, releaseId, role }: Pick<Signing, "ctx" | "releaseId" | "role">,
  refusal: Refusal,
): Promise<{ ok: false; refusal: Refusal }> {
  await recordRefusal(ctx, "signoff.sign", refusal, { releaseId, role })
  return { ok: false, refusal }
}
