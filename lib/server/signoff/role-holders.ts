import type { SignoffRole } from "@/lib/domain/access/roles"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { Db } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"
import { delegationHolds } from "./load-stand-ins"

/** Who holds each role for a service, or stands in for who does, by name. Disabled people are left out. */
export async function roleHolders(db: Db, serviceId: string): Promise<Partial<Record<SignoffRole, PersonRef[]>>> {
  const rows = await db.$queryRaw<{ role: SignoffRole; id: string; name: string }[]>(Prisma.sql`
    SELECT g.role, u.id, u.name FROM "RoleGrant" g JOIN "User" u ON u.id = g."userId"
    WHERE u."disabledAt" IS NULL AND (g."serviceId" IS NULL OR g."serviceId" = ${serviceId}::uuid)
    UNION
    SELECT d.role, t.id, t.name FROM "Delegation" d
    JOIN "User" f ON f.id = d."fromUserId" JOIN "User" t ON t.id = d."toUserId"
    WHERE d."serviceId" = ${serviceId}::uuid AND t."disabledAt" IS NULL AND ${delegationHolds()}
    ORDER BY name, id`)
  const holders: Partial<Record<SignoffRole, PersonRef[]>> = {}
  for (const { role, id, name } of rows) holders[role] = [...(holders[role] ?? []), { id, name }]
  return holders
}
