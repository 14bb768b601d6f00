import type { Role } from "@/lib/domain/access/roles"
import type { Person } from "@/lib/server/access/context"
import { type Db, prisma } from "@/lib/server/db"
import { loadStandIns } from "@/lib/server/signoff/load-stand-ins"
import type { RoleGrant, User } from "@/prisma/generated/client/client"

/** A person as the database has them now: roles taken away a second ago are gone. */
export async function loadPerson(id: string, db: Db = prisma): Promise<(Person & { sessionEpoch: number }) | null> {
  const row = await db.user.findUnique({ where: { id }, include: { roles: true } })
  if (!row) return null
  return { ...personOfRow(row), standsInFor: await loadStandIns(id, db), sessionEpoch: row.sessionEpoch }
}

export function personOfRow(row: User & { roles: RoleGrant[] }): Person {
  const grants = row.roles.map(({ role, serviceId }) => ({ role: role as Role, serviceId }))
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    roles: [...new Set(grants.map((grant) => grant.role))],
    grants,
    standsInFor: [],
    disabled: row.disabledAt !== null,
  }
}
