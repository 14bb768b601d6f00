import { oldestCommitMs } from "@/lib/domain/changes/oldest-commit"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import type {
  CountedIncident,
  CountedRollback,
  Delivered,
  LiveRelease,
  Span,
} from "@/lib/domain/insights/delivery-figures"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"
import { commitGraph } from "./commit-graph"

interface LiveRow {
  releaseId: string
  serviceId: string
  environmentId: string
  createdMs: number
  liveMs: number
  fromCommit: string | null
  toCommit: string | null
}
interface LaterRow {
  releaseId: string
  serviceId: string
  type: string
  atMs: number
  stopwatchMs: number | null
}

export const epochMs = (column: Prisma.Sql) => Prisma.sql`(extract(epoch FROM ${column}) * 1000)::double precision`

/** What went live in a span, what came of it, and the incidents that began in it or hang on it. */
export async function readDelivered(serviceIds: readonly string[], { fromMs, toMs }: Span): Promise<Delivered> {
  const [from, to] = [new Date(fromMs), new Date(toMs)]
  const ids = Prisma.sql`${[...serviceIds]}::uuid[]`
  const [live, later, incidents] = await Promise.all([
    // The first switch of a release is to it; later ones may be its rollback. Those before the span are few.
    prisma.$queryRaw<LiveRow[]>(Prisma.sql`
      SELECT * FROM (
        SELECT DISTINCT ON (e."releaseId") e."releaseId", r."serviceId", r."environmentId",
          ${epochMs(Prisma.sql`r."createdAt"`)} AS "createdMs", ${epochMs(Prisma.sql`e.at`)} AS "liveMs",
          e.data->'from'->>'commit' AS "fromCommit", e.data->'to'->>'commit' AS "toCommit"
        FROM "Event" e JOIN "Release" r ON r.id = e."releaseId"
        WHERE e.type = 'deployment.switched' AND e.at < ${to} AND r."serviceId" = ANY(${ids})
        ORDER BY e."releaseId", e.seq
      ) AS first WHERE "liveMs" >= ${fromMs}`),
    prisma.$queryRaw<LaterRow[]>(Prisma.sql`
      SELECT e."releaseId", r."serviceId", e.type, ${epochMs(Prisma.sql`e.at`)} AS "atMs",
        (e.data->>'stopwatchMs')::double precision AS "stopwatchMs"
      FROM "Event" e JOIN "Release" r ON r.id = e."releaseId"
      WHERE e.type IN ('rollback.decided', 'rollback.verified', 'release.closed') AND e.at >= ${from}
        AND r."serviceId" = ANY(${ids})
      ORDER BY e.at`),
    prisma.$queryRaw<CountedIncident[]>(Prisma.sql`
      SELECT "releaseId", "serviceId", severity, ${epochMs(Prisma.sql`"startedAt"`)} AS "startedMs",
        ${epochMs(Prisma.sql`"resolvedAt"`)} AS "resolvedMs"
      FROM "Incident" WHERE "serviceId" = ANY(${ids}) AND "startedAt" >= ${from}`),
  ])
  const first = (type: string, releaseId: string) => firsts.get(`${type} ${releaseId}`) ?? null
  const firsts = new Map<string, number>()
  for (const { type, releaseId, atMs } of later) {
    const key = `${type} ${releaseId}`
    if (!firsts.has(key)) firsts.set(key, atMs)
  }
  const oldest = await oldestCommits(live)
  return {
    incidents,
    releases: live.map(
      ({ releaseId, serviceId, createdMs, liveMs }, index): LiveRelease => ({
        ...{ releaseId, serviceId, createdMs, liveMs, oldestCommitMs: oldest[index] ?? null },
        rolledBackMs: first("rollback.decided", releaseId),
        closedMs: first("release.closed", releaseId),
      }),
    ),
    rollbacks: later.flatMap(({ type, serviceId, atMs, stopwatchMs }): CountedRollback[] =>
      type === "rollback.verified" && stopwatchMs !== null ? [{ serviceId, verifiedMs: atMs, stopwatchMs }] : [],
    ),
  }
}

/** When the oldest new commit of each was made, where a copy of the repository is here. */
async function oldestCommits(rows: readonly LiveRow[]): Promise<(number | null)[]> {
  const places = await prisma.environment.findMany({
    where: { id: { in: [...new Set(rows.map(({ environmentId }) => environmentId))] } },
    select: { id: true, config: true },
  })
  const graphs = new Map(
    await Promise.all(
      places.map(async ({ id, config }) => {
        const parsed = environmentConfigSchema.safeParse(config)
        return [id, parsed.success ? await commitGraph(parsed.data.repository) : null] as const
      }),
    ),
  )
  return rows.map(({ environmentId, fromCommit, toCommit, liveMs }) => {
    const graph = graphs.get(environmentId)
    if (!graph || !fromCommit || !toCommit) return null
    const atMs = oldestCommitMs(graph, fromCommit, toCommit)
    // A commit from after the switch is one whose clock was wrong.
    return atMs === null || atMs > liveMs ? null : atMs
  })
}
