import type { z } from "zod"
import type { delegationsSchema } from "@/lib/contracts/api/signoffs"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { type Db, prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"
import { delegationHolds } from "./load-stand-ins"

export type DelegationEntry = z.output<typeof delegationsSchema>["delegations"][number]

interface Row {
  id: string
  serviceKey: string
  serviceName: string
  role: SignoffRole
  fromId: string
  fromName: string
  toId: string
  toName: string
  reason: string | null
  createdAt: Date
  until: Date
  endedAt: Date | null
  active: boolean
}

/** Delegations by a condition on `d`, the newest first. `active`: whether they hold at this moment. */
export async function readDelegations(where: Prisma.Sql, db: Db = prisma): Promise<DelegationEntry[]> {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT d.id, s.key AS "serviceKey", s.name AS "serviceName", d.role, f.id AS "fromId", f.name AS "fromName",
      t.id AS "toId", t.name AS "toName", d.reason, d."createdAt", d.until, d."endedAt",
      (${delegationHolds()} AND t."disabledAt" IS NULL) AS active
    FROM "Delegation" d JOIN "Service" s ON s.id = d."serviceId"
    JOIN "User" f ON f.id = d."fromUserId" JOIN "User" t ON t.id = d."toUserId"
    WHERE ${where} ORDER BY d."createdAt" DESC, d.id LIMIT 200`)
  return rows.map(({ serviceKey, serviceName, fromId, fromName, toId, toName, createdAt, until, endedAt, ...row }) => ({
    ...row,
    service: { key: serviceKey, name: serviceName },
    from: { id: fromId, name: fromName },
    to: { id: toId, name: toName },
    createdAt: createdAt.toISOString(),
    until: until.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }))
}
