import { z } from "zod"
import type { GrantEntry, InvitationEntry } from "@/lib/contracts/api/people"
import { roleSchema } from "@/lib/domain/access/roles"
import { type Db, prisma } from "@/lib/server/db"
import type { Invitation, User } from "@/prisma/generated/client/client"

/** As the column `grants` holds them. */
export const storedGrantsSchema = z.array(z.object({ role: roleSchema, serviceId: z.uuid().nullable() }))

type Row = Invitation & { invitedBy: Pick<User, "id" | "name"> }

/** Invitations as the API shows them: never their secret. */
export async function invitationEntries(rows: readonly Row[], now: Date, db: Db = prisma): Promise<InvitationEntry[]> {
  const services = await db.service.findMany({ select: { id: true, key: true, name: true } })
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    name: row.name,
    grants: storedGrantsSchema.parse(row.grants).map(({ role, serviceId }): GrantEntry => {
      const service = services.find(({ id }) => id === serviceId)
      return { role, service: service ? { key: service.key, name: service.name } : null }
    }),
    invitedBy: { id: row.invitedBy.id, name: row.invitedBy.name },
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    status: statusOf(row, now),
  }))
}

export function statusOf(row: Invitation, now: Date): InvitationEntry["status"] {
  if (row.acceptedAt) return "accepted"
  if (row.revokedAt) return "revoked"
  return row.expiresAt <= now ? "expired" : "open"
}

export const withInviter = { invitedBy: { select: { id: true, name: true } } } as const
