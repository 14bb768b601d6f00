import type { FrozenStep } from "@/lib/contracts/runs"
import type { RunContext } from "../runtime/run-context"
import { runIn } from "../runtime/run-context"
import { type Captures, runBoundCheck } from "../steps/check-step"
import type { RunEnvironment } from "../steps/run-environment"

/**
 * Captured values are secrets and are kept nowhere. A worker that goes on with a run asks for them again, in order, from
 * the checks that had brought them; what those checks found stays as it was recorded.
 */
export async function captureAgain(
  context: RunContext,
  environment: RunEnvironment,
  captures: Captures,
  steps: readonly FrozenStep[],
): Promise<void> {
  const { steps: known } = runIn(await context.state(), context.run.id)
  if (known.every(({ status }) => status !== "pending")) return
  const passed = new Set(known.filter(({ status }) => status === "passed").map(({ key }) => key))
  for (const { key, work, timeoutMs } of steps) {
    if (!passed.has(key) || work.type !== "check" || !("capture" in work.check.config)) continue
    await runBoundCheck(context, environment, captures, work.check, {
      signal: context.control.signal,
      timeoutMs,
      log: () => undefined,
    })
    context.control.signal.throwIfAborted()
  }
}
