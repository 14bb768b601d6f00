import type { Person } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { personOfRow } from "@/lib/server/people/load-person"

export const TOKEN_PREFIX = "glv_"
/** How exactly "last used" is kept: a write for each request would cost more than it tells. */
const LAST_USED_STEP_MS = 60_000

/** The token behind a secret and the person it acts for. Null: unknown, revoked, expired. */
export async function findToken(secret: string): Promise<{ id: string; scopes: string[]; person: Person } | null> {
  if (!secret.startsWith(TOKEN_PREFIX) || secret.length > 200) return null
  const row = await prisma.apiToken.findUnique({
    where: { tokenHash: sha256Hex(secret) },
    include: { user: { include: { roles: true } } },
  })
  if (!row || row.revokedAt) return null
  const now = await databaseNow()
  if (row.expiresAt && row.expiresAt <= now) return null
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > LAST_USED_STEP_MS) {
    await prisma.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: now }, select: { id: true } })
  }
  return { id: row.id, scopes: row.scopes, person: personOfRow(row.user) }
}
