import { log } from "@/lib/server/log"
import { claimRun } from "@/lib/server/runs/claim-run"
import type { ConsoleClock } from "./console-clock"
import { executeRun } from "./execute-run"
import { RunContext } from "./run-context"
import type { RunRegistry } from "./run-registry"

/**
 * What a worker does when it is told of a run: claims it, works on it, keeps it in the registry meanwhile. Resolves when
 * there is nothing left to do, except for a watch, which lasts for days and must not hold one of the queue's places.
 */
export function createRunner({
  workerId,
  clock,
  registry,
}: {
  workerId: string
  clock: ConsoleClock
  registry: RunRegistry
}): (runId: string) => Promise<void> {
  return async (runId) => {
    if (!registry.isOpen()) return
    await clock.refresh()
    const run = await claimRun({ runId, workerId })
    if (!run) return
    log.info({ runId, releaseId: run.releaseId, kind: run.kind, fence: run.fence }, "a run was claimed")
    const context = new RunContext(run, workerId, clock)
    const work = executeRun(context).catch((error: unknown) => {
      log.error({ err: error, runId }, "a run was left; it is taken up again after its lease")
    })
    registry.add(context.control, work)
    if (run.kind !== "watch") await work
  }
}
