import { type SignoffRole, signoffRoles } from "@/lib/domain/access/roles"
import type { ReleaseState } from "@/lib/domain/release/state"
import { signoffStatus } from "@/lib/domain/signoff/signoff-status"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { Tx } from "@/lib/server/db"

/** The roles whose signatures are still awaited at this moment, and who holds them. Disabled people are left out. */
export async function pendingSigners(
  tx: Tx,
  state: ReleaseState,
  nowMs: number,
): Promise<{ roles: SignoffRole[]; to: PersonRef[] }> {
  const roles = signoffRoles.filter((role) => {
    const signoff = state.signoffs[role]
    return signoff !== undefined && !["signed", "declined"].includes(signoffStatus(signoff, nowMs))
  })
  if (roles.length === 0) return { roles, to: [] }
  const people = await tx.user.findMany({
    where: {
      disabledAt: null,
      roles: { some: { role: { in: roles }, OR: [{ serviceId: null }, { serviceId: state.service.id }] } },
    },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take: 200,
  })
  return { roles, to: people }
}
