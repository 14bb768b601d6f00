import type { PersonDetails } from "@/lib/contracts/api/people"
import type { Refusal } from "@/lib/domain/release/decision"
import { databaseNow } from "@/lib/server/clock"
import { type Tx, transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { isUuid } from "@/lib/server/releases/find-release"
import { done, type Result, refused } from "@/lib/server/result"
import { Prisma, type User } from "@/prisma/generated/client/client"
import { readPeople } from "./person-entry"

/** One lock for all changes of who is an administrator: two at once could each take away the last but one. */
const ADMINS_LOCK = 7_301_405_521

/** Changes a person under the lock of administrators, then tells their open streams. `change` answers a refusal or null. */
export async function changePerson(
  personId: string,
  change: (tx: Tx, person: User) => Promise<Refusal | null>,
): Promise<Result<{ person: PersonDetails }>> {
  const answer = await transaction(async (tx): Promise<Result<{ person: PersonDetails }>> => {
    await tx.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(${ADMINS_LOCK}::bigint)`)
    const row = isUuid(personId) ? await tx.user.findUnique({ where: { id: personId } }) : null
    if (!row) return refused("not_found", "There is no such person.")
    const refusal = await change(tx, row)
    if (refusal) return { ok: false, refusal }
    const [person] = await readPeople(await databaseNow(tx), { id: personId }, tx)
    return person ? done({ person }) : refused("not_found", "There is no such person.")
  })
  if (answer.ok) ring(`person:${personId}`)
  return answer
}

/** Whether somebody else would still administrate the console. */
export async function isLastAdmin(tx: Tx, personId: string): Promise<boolean> {
  const mine = await tx.roleGrant.count({ where: { userId: personId, role: "admin", serviceId: null } })
  if (mine === 0) return false
  const others = await tx.user.count({
    where: { id: { not: personId }, disabledAt: null, roles: { some: { role: "admin", serviceId: null } } },
  })
  return others === 0
}
