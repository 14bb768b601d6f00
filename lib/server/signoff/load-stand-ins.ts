import type { SignoffRole } from "@/lib/domain/access/roles"
import type { StandIn } from "@/lib/domain/signoff/stand-in"
import { nowSql } from "@/lib/server/clock"
import { type Db, prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

interface Row {
  role: SignoffRole
  serviceId: string
  fromId: string
  fromName: string
  until: Date
}

/** A delegation `d` that holds at this moment, by the database's clock: its giver `f` still holds the role and is not disabled. */
export function delegationHolds(): Prisma.Sql {
  return Prisma.sql`d."endedAt" IS NULL AND d.until > ${nowSql()} AND f."disabledAt" IS NULL AND EXISTS (
    SELECT 1 FROM "RoleGrant" g WHERE g."userId" = f.id AND g.role = d.role
      AND (g."serviceId" IS NULL OR g."serviceId" = d."serviceId"))`
}

/** For whom a person may sign now, the oldest delegation first. */
export async function loadStandIns(personId: string, db: Db = prisma): Promise<StandIn[]> {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT d.role, d."serviceId", f.id AS "fromId", f.name AS "fromName", d.until
    FROM "Delegation" d JOIN "User" f ON f.id = d."fromUserId"
    WHERE d."toUserId" = ${personId}::uuid AND ${delegationHolds()}
    ORDER BY d."createdAt", d.id`)
  return rows.map(({ role, serviceId, fromId, fromName, until }) => {
    return { role, serviceId, for: { id: fromId, name: fromName }, until: until.toISOString() }
  })
}
