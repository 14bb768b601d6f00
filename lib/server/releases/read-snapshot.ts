import type { ReleaseSnapshot } from "@/lib/contracts/api/snapshot"
import { allowedActions } from "@/lib/domain/access/policy"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import { gate } from "@/lib/domain/gate/gate"
import type { ReleaseState } from "@/lib/domain/release/state"
import { coveredContent } from "@/lib/domain/signoff/covered-content"
import type { Playbook } from "@/lib/playbook/schema"
import type { Context } from "@/lib/server/access/context"
import { nowSql } from "@/lib/server/clock"
import { type EnvironmentRow, environmentFactsOf, freezesSql } from "@/lib/server/commit/environment-facts"
import { hashJson } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { done, type Result } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"
import { accessRelease } from "./access-release"
import { checkWords } from "./check-words"
import { noSuchRelease } from "./find-release"

interface Row {
  state: ReleaseState
  playbook: Playbook
  environment: Omit<EnvironmentRow, "activeSince" | "lockedAt"> & {
    activeSince: string | null
    lockedAt: string | null
  }
  statusPage: boolean
  lastLog: bigint
  lastSample: bigint
  now: Date
}

/** All that a page shows of a release, of one instant: the stream goes on after `release.lastSeq` without a gap. */
export async function readSnapshot(ctx: Context, releaseId: string): Promise<Result<ReleaseSnapshot>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const row = await readRow(releaseId)
  if (!row) return noSuchRelease
  const { person, roles } = found.value.access
  const facts = environmentFactsOf({
    ...row.environment,
    activeSince: dateOrNull(row.environment.activeSince),
    lockedAt: dateOrNull(row.environment.lockedAt),
  })
  const config = environmentConfigSchema.parse(row.environment.config)
  return done({
    release: row.state,
    playbook: row.playbook,
    environment: {
      ...facts,
      baseUrl: config.baseUrl,
      strategy: config.strategy.kind,
      maintenanceProvider: config.maintenance.kind,
      flags: config.flags.map(({ key, title, kind }) => ({ key, title, kind })),
      revert: config.revert,
    },
    statusPage: row.statusPage,
    gate: gate(row.state, facts, row.now.getTime()),
    contentHash: hashJson(coveredContent(row.state)),
    checkWords: checkWords(row.playbook, row.state, {
      key: facts.key,
      name: facts.name,
      baseUrl: config.baseUrl,
    }),
    me: { id: person.id, name: person.name, email: person.email, roles, allowed: allowedActions(roles) },
    cursors: { log: String(row.lastLog), sample: String(row.lastSample) },
    serverNow: row.now.toISOString(),
  })
}

async function readRow(releaseId: string): Promise<Row | undefined> {
  const rows = await prisma.$queryRaw<Row[]>(Prisma.sql`
    SELECT r.state, v.document AS playbook, s."statusPage", ${nowSql()}::timestamptz(3) AS now,
      coalesce((SELECT max(id) FROM "RunLog" WHERE "releaseId" = r.id), 0) AS "lastLog",
      coalesce((SELECT max(id) FROM "MetricSample" WHERE "releaseId" = r.id), 0) AS "lastSample",
      to_jsonb(e) || jsonb_build_object('activeReleaseName', a.name, 'freezes', ${freezesSql()}) AS environment
    FROM "Release" r
    JOIN "PlaybookVersion" v ON v.id = r."playbookVersionId"
    JOIN "Environment" e ON e.id = r."environmentId"
    JOIN "Service" s ON s.id = r."serviceId"
    LEFT JOIN "Release" a ON a.id = e."activeReleaseId"
    WHERE r.id = ${releaseId}::uuid`)
  return rows[0]
}

function dateOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
