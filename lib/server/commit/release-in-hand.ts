import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { ReleaseState } from "@/lib/domain/release/state"
import type { Playbook } from "@/lib/playbook/schema"
import { databaseNow } from "@/lib/server/clock"
import type { Tx } from "@/lib/server/db"
import { frozenPlaybook } from "@/lib/server/playbooks/frozen-playbook"
import { Prisma } from "@/prisma/generated/client/client"
import { environmentFactsOf, readEnvironmentFacts } from "./environment-facts"

/** A release whose row is locked, with what a decision about it needs. */
export interface ReleaseInHand {
  tx: Tx
  state: ReleaseState
  playbook: Playbook
  environment: EnvironmentFacts
  environmentConfig: EnvironmentConfig
  /** The database's clock, after the locks were had. */
  now: Date
  head: { seq: number; hash: string }
}

interface Row {
  state: ReleaseState
  lastSeq: number
  headHash: string
  environmentId: string
  playbookVersionId: string
}

/**
 * Locks the release's row (and before it, where asked, the environment's: always in this order, so that two transactions
 * cannot wait for each other) and reads what belongs to it. Null: there is no such release.
 */
export async function takeRelease(
  tx: Tx,
  releaseId: string,
  { lockEnvironment }: { lockEnvironment: boolean },
): Promise<ReleaseInHand | null> {
  if (lockEnvironment) {
    await tx.$queryRaw(Prisma.sql`
      SELECT id FROM "Environment" WHERE id = (SELECT "environmentId" FROM "Release" WHERE id = ${releaseId}::uuid)
      FOR UPDATE`)
  }
  const [row] = await tx.$queryRaw<Row[]>(Prisma.sql`
    SELECT state, "lastSeq", "headHash", "environmentId", "playbookVersionId" FROM "Release"
    WHERE id = ${releaseId}::uuid FOR UPDATE`)
  if (!row) return null
  const environmentRow = await readEnvironmentFacts(tx, row.environmentId)
  return {
    tx,
    state: row.state,
    playbook: await frozenPlaybook(tx, row.playbookVersionId),
    environment: environmentFactsOf(environmentRow),
    environmentConfig: environmentConfigSchema.parse(environmentRow.config),
    now: await databaseNow(tx),
    head: { seq: row.lastSeq, hash: row.headHash },
  }
}
