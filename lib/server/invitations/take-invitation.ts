import { randomUUID } from "node:crypto"
import { databaseNow } from "@/lib/server/clock"
import type { Tx } from "@/lib/server/db"
import { type Invitation, Prisma } from "@/prisma/generated/client/client"
import { statusOf, storedGrantsSchema } from "./invitation-entry"

/** The open invitation with this secret, or for this address, with its row locked: only one of two at once gets it. */
export async function lockOpenInvitation(
  tx: Tx,
  by: { tokenHash: string } | { email: string },
): Promise<Invitation | null> {
  const which =
    "tokenHash" in by
      ? Prisma.sql`"tokenHash" = ${by.tokenHash}`
      : Prisma.sql`email = ${by.email} AND "acceptedAt" IS NULL AND "revokedAt" IS NULL`
  const [row] = await tx.$queryRaw<Invitation[]>(Prisma.sql`
    SELECT * FROM "Invitation" WHERE ${which} ORDER BY "createdAt" DESC LIMIT 1 FOR UPDATE`)
  return row && statusOf(row, await databaseNow(tx)) === "open" ? row : null
}

/** Makes the person that an invitation asked for, with its roles, and closes it. Throws if the address is taken. */
export async function takeInvitation(
  tx: Tx,
  invitation: Invitation,
  person: { name: string; passwordHash: string | null },
): Promise<{ id: string }> {
  const services = await tx.service.findMany({ select: { id: true } })
  const grants = storedGrantsSchema
    .parse(invitation.grants)
    .filter(({ serviceId }) => serviceId === null || services.some(({ id }) => id === serviceId))
  const id = randomUUID()
  await tx.user.create({
    data: {
      id,
      email: invitation.email,
      ...person,
      roles: { create: grants.map((grant) => ({ id: randomUUID(), ...grant })) },
    },
    select: { id: true },
  })
  await tx.invitation.update({ where: { id: invitation.id }, data: { acceptedAt: await databaseNow(tx) } })
  return { id }
}
