import type { Sample } from "@/lib/domain/metric/rule"
import type { MetricSource } from "./metric-sources"

/** A source that errs is asked again after this, however long its interval is. */
const RETRY_MS = 10_000

/**
 * Asks one source at its interval until it is stopped. The rate is that of the clock: what the work takes does not stretch it,
 * what was missed is not made up for. `use` gets each evaluation in turn; what it throws goes to `failed`.
 */
export function startSourceLoop(
  source: MetricSource,
  { use, failed, isOver }: { use(samples: Sample[]): Promise<void>; failed(error: unknown): void; isOver(): boolean },
): { stop(): Promise<void> } {
  const { reader, intervalMs } = source
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  let nextAtMs = performance.now() + intervalMs

  function schedule(): void {
    if (stopped || isOver()) return
    timer = setTimeout(
      () => {
        while (nextAtMs <= performance.now()) nextAtMs += intervalMs
        working = evaluate().catch(failed).finally(schedule)
      },
      Math.max(0, nextAtMs - performance.now()),
    )
  }

  async function evaluate(): Promise<void> {
    const samples = await reader.take()
    if (samples.some(({ status }) => status === "error")) nextAtMs = Math.min(nextAtMs, performance.now() + RETRY_MS)
    await use(samples)
  }

  reader.start()
  schedule()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await reader.stop()
      await working
    },
  }
}
