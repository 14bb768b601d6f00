import { seenRequest } from "@/lib/contracts/api/signoffs"
import type { Context } from "@/lib/server/access/context"
import { nowSql } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"

/** Remembers how far the caller has looked. It only grows, and not past what there is. */
export async function markSeen(ctx: Context, releaseId: string, body: unknown): Promise<Result<{ seenSeq: number }>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const input = parseInput(seenRequest, body)
  if (!input.ok) return input
  const [row] = await prisma.$queryRaw<{ seenSeq: number }[]>(Prisma.sql`
    INSERT INTO "ReleaseVisit" AS v ("userId", "releaseId", "seenSeq", at)
    SELECT ${found.value.access.person.id}::uuid, r.id, least(${input.value.seq}::int, r."lastSeq"), ${nowSql()}
    FROM "Release" r WHERE r.id = ${releaseId}::uuid
    ON CONFLICT ("userId", "releaseId") DO UPDATE SET
      "seenSeq" = greatest(v."seenSeq", EXCLUDED."seenSeq"),
      at = CASE WHEN EXCLUDED."seenSeq" >= v."seenSeq" THEN EXCLUDED.at ELSE v.at END
    RETURNING "seenSeq"`)
  return done({ seenSeq: row?.seenSeq ?? 0 })
}
