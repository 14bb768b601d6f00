import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { done, type Result } from "@/lib/server/result"

export interface TokenEntry {
  id: string
  name: string
  scopes: string[]
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
  revokedAt: string | null
}

/** The caller's own tokens, the newest first; without their secrets, which nobody has. */
export async function listTokens(ctx: Context): Promise<Result<{ tokens: TokenEntry[] }>> {
  const access = await authorise(ctx, "token.create", null)
  if (!access.ok) return access
  const rows = await prisma.apiToken.findMany({
    where: { userId: access.person.id },
    orderBy: { createdAt: "desc" },
    take: 200,
  })
  return done({
    tokens: rows.map(({ id, name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt }) => ({
      ...{ id, name, scopes },
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
      revokedAt: revokedAt?.toISOString() ?? null,
    })),
  })
}
