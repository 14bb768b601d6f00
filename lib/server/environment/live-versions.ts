import { z } from "zod"
import { connectionFindingsSchema } from "@/lib/contracts/connection"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { actorSchema } from "@/lib/domain/timeline/actor"
import { actorName } from "@/lib/domain/timeline/actor-name"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

export interface LiveVersion {
  /** When it went live, or was seen to be. */
  at: Date
  version: DeployedVersion | null
  /** What it took the place of, where this was a switch. */
  from: DeployedVersion | null
  /** switched: made live by a release. found: seen when a release or a person asked. */
  how: "switched" | "found"
  /** A switch that went back to an earlier version. */
  back: boolean
  by: string
  release: { id: string; name: string } | null
}

const versionSchema = z.object({ deploymentId: z.string(), version: z.string(), commit: z.string().nullable() })
const eventDataSchema = z.object({
  from: versionSchema.nullish(),
  to: versionSchema.optional(),
  previous: versionSchema.nullish(),
})

/** What was live in an environment, as its releases recorded it, the newest first. */
export async function readLiveVersions(environmentId: string, limit: number): Promise<LiveVersion[]> {
  const rows = await prisma.$queryRaw<
    { type: string; at: Date; data: unknown; actor: unknown; id: string; name: string; version: string }[]
  >(Prisma.sql`
    SELECT e.type, e.at, e.data, e.actor, r.id, r.name, r.version
    FROM "Event" e JOIN "Release" r ON r.id = e."releaseId"
    WHERE e.type IN ('deployment.switched', 'deployment.found_live') AND r."environmentId" = ${environmentId}::uuid
    ORDER BY e.at DESC, e.seq DESC LIMIT ${limit}`)
  return rows.map((row) => {
    const data = eventDataSchema.parse(row.data)
    const switched = row.type === "deployment.switched"
    const to = data.to ?? null
    return {
      at: row.at,
      version: switched ? to : (data.previous ?? null),
      from: switched ? (data.from ?? null) : null,
      how: switched ? "switched" : "found",
      // A release makes its own version live, and no other unless it goes back.
      back: switched && to !== null && to.version !== row.version,
      by: actorName(actorSchema.parse(row.actor)),
      release: { id: row.id, name: row.name },
    }
  })
}

/** What is live as far as the console knows: by the last switch, or by the last look that somebody took since. */
export async function lastKnownLive(environmentId: string): Promise<LiveVersion | null> {
  const [[recorded], looked] = await Promise.all([readLiveVersions(environmentId, 1), lastLook(environmentId)])
  if (!looked) return recorded ?? null
  return recorded && recorded.at >= looked.at ? recorded : looked
}

async function lastLook(environmentId: string): Promise<LiveVersion | null> {
  const [row] = await prisma.$queryRaw<{ finishedAt: Date; findings: unknown; askedByName: string }[]>(Prisma.sql`
    SELECT "finishedAt", findings, "askedByName" FROM "ConnectionTest"
    WHERE "environmentId" = ${environmentId}::uuid AND saved AND jsonb_exists(findings, 'live')
    ORDER BY "createdAt" DESC LIMIT 1`)
  if (!row) return null
  const version = connectionFindingsSchema.parse(row.findings).live ?? null
  return { at: row.finishedAt, version, from: null, how: "found", back: false, by: row.askedByName, release: null }
}
