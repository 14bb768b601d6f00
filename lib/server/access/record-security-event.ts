import { randomUUID } from "node:crypto"
import { storable } from "@/lib/server/crypto/storable"
import { type Db, prisma } from "@/lib/server/db"
import { log } from "@/lib/server/log"
import type { Prisma } from "@/prisma/generated/client/client"

/** Puts on record what was refused, and what touched no release. `data` holds no secret. */
export async function recordSecurityEvent(
  event: { type: string; userId: string | null; address: string | null; data: Record<string, unknown> },
  db: Db = prisma,
): Promise<void> {
  log.info({ security: event.type, userId: event.userId, address: event.address }, "security event")
  await db.securityEvent.create({
    data: { id: randomUUID(), ...event, data: storable(event.data) as Prisma.InputJsonObject },
    select: { id: true },
  })
}
