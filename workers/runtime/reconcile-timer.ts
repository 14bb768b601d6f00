import { env } from "@/lib/server/env"
import { log } from "@/lib/server/log"
import { reconcile } from "@/lib/server/queue/reconcile"

/** Looks for owed runs now and every few seconds, one look at a time. Answers with the way to stop. */
export function startReconcileTimer(): () => Promise<void> {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    await reconcile().catch((error: unknown) => log.warn({ err: error }, "owed runs could not be looked for"))
    if (!stopped) timer = setTimeout(begin, env().RECONCILE_INTERVAL_MS)
  }
  function begin(): void {
    looking = look()
  }
  begin()

  return async () => {
    stopped = true
    clearTimeout(timer)
    await looking
  }
}
