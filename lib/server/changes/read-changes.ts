import { join } from "node:path"
import { type Comparison, codeOnlyRollback, type ReleaseChanges } from "@/lib/domain/changes/release-changes"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { lastKnownLive } from "@/lib/server/environment/live-versions"
import { log } from "@/lib/server/log"
import { accessRelease } from "@/lib/server/releases/access-release"
import { done, type Result } from "@/lib/server/result"
import { compareCommits, UnknownCommit } from "./compare-commits"

const TIMEOUT_MS = 60_000
const KEPT = 50

/** Two commits differ in the same for ever, so what was read once is kept, the oldest goes first. */
const known = new Map<string, Comparison>()

/** What is in a release that is not live yet, or was not before it; where that cannot be said, why. */
export async function readChanges(ctx: Context, releaseId: string): Promise<Result<ReleaseChanges>> {
  const found = await accessRelease(ctx, "release.read", releaseId)
  if (!found.ok) return found
  const row = await prisma.release.findUniqueOrThrow({
    where: { id: releaseId },
    select: { state: true, environment: { select: { id: true, config: true } } },
  })
  const state = row.state as unknown as ReleaseState
  const from = wasLiveBefore(state) ?? (await lastKnownLive(row.environment.id))?.version ?? null
  const to = { version: state.version, commit: state.commit }
  const none = (words: string) => done({ from, to, comparison: null, codeOnlyRollback: null, words })
  if (!from) return none("Nothing is known to be live yet: there is nothing to compare with.")
  if (!from.commit) return none(`What is live (${from.version}) does not say which commit it was made of.`)
  if (!to.commit) return none("The release names no commit.")
  const { repository } = environmentConfigSchema.parse(row.environment.config)
  try {
    const comparison = await compareOnce(repository, from.commit, to.commit)
    return done({ from, to, comparison, codeOnlyRollback: codeOnlyRollback(comparison), words: null })
  } catch (error) {
    if (error instanceof UnknownCommit) return none(error.message)
    log.warn({ err: error, releaseId }, "what is in a release could not be read")
    return none("The repository could not be read; it is asked again when the page is opened anew.")
  }
}

/** Once it was decided to go back, "previous" names what was rolled back: the aim of the rollback is what was there before. */
function wasLiveBefore({ rollback, previous }: ReleaseState): DeployedVersion | null {
  return rollback?.to ?? previous
}

async function compareOnce(repository: string, from: string, to: string): Promise<Comparison> {
  const key = `${repository}\0${from}\0${to}`
  const kept = known.get(key)
  if (kept) return kept
  const root = join(env().WORK_DIR, "mirrors")
  const comparison = await compareCommits({ repository, from, to, root, signal: AbortSignal.timeout(TIMEOUT_MS) })
  known.set(key, comparison)
  const [oldest] = known.keys()
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest)
  return comparison
}
