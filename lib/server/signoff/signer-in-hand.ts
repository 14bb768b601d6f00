import type { SignoffRole } from "@/lib/domain/access/roles"
import type { Signature } from "@/lib/domain/release/state"
import { standingSignatures } from "@/lib/domain/signoff/signoff-status"
import type { StandIn } from "@/lib/domain/signoff/stand-in"
import { type Person, rolesFor } from "@/lib/server/access/context"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import type { Db } from "@/lib/server/db"
import { loadPerson } from "@/lib/server/people/load-person"

/** The roles and stand-ins of a person as the database has them at this moment, for one service. */
export async function signerNow(db: Db, personId: string, serviceId: string) {
  const person = await loadPerson(personId, db)
  if (!person || person.disabled) return { roles: [], standIns: [] as StandIn[] }
  const standIns = person.standsInFor.filter((standIn) => standIn.serviceId === serviceId)
  return { roles: rolesFor(person, serviceId), standIns }
}

/** The signature of this person that stands for the role: a second click finds it made. */
export function ownSignature(
  { state, now }: Pick<ReleaseInHand, "state" | "now">,
  role: SignoffRole,
  personId: string,
): Signature | undefined {
  const signoff = state.signoffs[role]
  return signoff && standingSignatures(signoff, now.getTime()).find(({ signer }) => signer.id === personId)
}

/** The person with what a manifest says of them. */
export async function emailsOf(db: Db, signer: Person, onBehalfOf: { id: string; name: string } | null) {
  const holder = onBehalfOf
    ? await db.user.findUniqueOrThrow({ where: { id: onBehalfOf.id }, select: { id: true, name: true, email: true } })
    : null
  return { signer: { id: signer.id, name: signer.name, email: signer.email }, onBehalfOf: holder }
}
