import { type GateAnswer, gate } from "@/lib/domain/gate/gate"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Context } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { environmentFactsOf, readEnvironmentFacts } from "@/lib/server/commit/environment-facts"
import { prisma } from "@/lib/server/db"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"

/** Whether a release may go live now, and everything that is in its way. */
export async function readGate(ctx: Context, releaseId: string): Promise<Result<GateAnswer>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const [row, environment, now] = await Promise.all([
    prisma.release.findUniqueOrThrow({ where: { id: releaseId }, select: { state: true } }),
    readEnvironmentFacts(prisma, found.value.release.environmentId),
    databaseNow(),
  ])
  return done(gate(row.state as unknown as ReleaseState, environmentFactsOf(environment), now.getTime()))
}
