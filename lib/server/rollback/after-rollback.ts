import { randomUUID } from "node:crypto"
import type { EnvironmentConfig } from "@/lib/domain/environment/config"
import type { Afterwards } from "@/lib/domain/rollback/decide-rollback-end"
import { durationMs } from "@/lib/playbook/duration"
import type { Playbook } from "@/lib/playbook/schema"
import { planWatchRun } from "@/lib/server/verification/plan-watch-run"
import { scaleWait } from "@/lib/server/verification/scale-rule"

/** What the playbook wants done after a rollback: work for people, and the watch over the version that is live again. */
export function afterRollback({
  playbook,
  environmentConfig,
  now,
}: {
  playbook: Playbook
  environmentConfig: EnvironmentConfig
  now: Date
}): Afterwards {
  const { postActions } = playbook.rollback
  const watch = postActions.find(({ proof }) => proof === "watch")
  const watchMs = watch?.for ? scaleWait(durationMs(watch.for), environmentConfig) : null
  return {
    followups: postActions.map(({ key, title, detail, commands, proof, due }) => ({
      ...{ key: `post-rollback:${key}`, title, detail, commands: commands ?? [], proof: proof ?? null },
      dueAt: due ? new Date(now.getTime() + scaleWait(durationMs(due), environmentConfig)).toISOString() : null,
    })),
    watch:
      watchMs === null
        ? null
        : {
            run: { runId: randomUUID(), ...planWatchRun({ playbook, environmentConfig, durationMs: watchMs }) },
            durationMs: watchMs,
          },
  }
}
