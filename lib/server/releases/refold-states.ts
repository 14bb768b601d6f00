import { evolve } from "@/lib/domain/release/evolve"
import type { ReleaseState } from "@/lib/domain/release/state"
import { STATE_SHAPE } from "@/lib/domain/release/state-shape"
import { prisma, transaction } from "@/lib/server/db"
import { listEvents } from "@/lib/server/events/list-events"
import { log } from "@/lib/server/log"
import { Prisma } from "@/prisma/generated/client/client"

const BATCH = 100
const PAGE = 1_000

/**
 * Folds the events of releases anew whose state was written by a version that knew another shape: the events are the truth,
 * the state is what is read quickly. Answers how many there were. One that cannot be folded is left as it is, and said.
 */
export async function refoldStates(): Promise<number> {
  let refolded = 0
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const rows = await prisma.release.findMany({
      where: { id: { gt: after }, stateShape: { lt: STATE_SHAPE } },
      orderBy: { id: "asc" },
      take: BATCH,
      select: { id: true },
    })
    for (const { id } of rows) {
      try {
        await refold(id)
        refolded += 1
      } catch (error) {
        log.error({ err: error, releaseId: id }, "a release could not be folded anew")
      }
    }
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return refolded
    after = last.id
  }
}

function refold(releaseId: string): Promise<void> {
  return transaction(async (tx) => {
    await tx.$queryRaw(Prisma.sql`SELECT id FROM "Release" WHERE id = ${releaseId}::uuid FOR UPDATE`)
    let state: ReleaseState | null = null
    for (let after = 0; ; ) {
      const page = await listEvents(releaseId, { after, limit: PAGE }, tx)
      for (const event of page) state = evolve(state, event)
      after = page.at(-1)?.seq ?? after
      if (page.length < PAGE) break
    }
    if (!state) throw new Error("there are no events")
    await tx.$executeRaw(Prisma.sql`
      UPDATE "Release" SET state = ${JSON.stringify(state)}::jsonb, status = ${state.status}, "stateShape" = ${STATE_SHAPE}
      WHERE id = ${releaseId}::uuid`)
  })
}
