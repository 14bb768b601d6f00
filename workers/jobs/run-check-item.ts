import { stableResult } from "@/lib/checks/answer"
import type { CheckRunInput } from "@/lib/contracts/runs"
import { decideCheckResult } from "@/lib/domain/checklist/decide-check"
import { storeEvidence } from "@/lib/server/evidence/store-evidence"
import type { RunContext } from "../runtime/run-context"
import { runBoundCheck } from "../steps/check-step"
import { runEnvironment } from "../steps/run-environment"

/** Longer than any kind of check allows itself: the kind's own limit ends it. */
const LIMIT_MS = 24 * 3_600_000

/** Proves one item of the checklist by its check. Interrupted, it is simply made again. */
export async function runCheckItem(context: RunContext, input: CheckRunInput): Promise<void> {
  const { run, actor, control, logs } = context
  const environment = await runEnvironment(context, input.environment, { target: null, replaces: () => null })
  const log = logs.open(input.itemKey, run.fence)
  const result = await runBoundCheck(context, environment, new Map(), input.check, {
    signal: control.signal,
    timeoutMs: LIMIT_MS,
    log: log.write,
  })
  log.end()
  control.signal.throwIfAborted()
  await logs.flush()
  const { itemKey } = input
  await context.commit(async (hand) => {
    const at = hand.now
    const stored = await storeEvidence(hand.tx, {
      releaseId: hand.state.id,
      subject: itemKey,
      kind: input.check.kind,
      blocks: result.blocks,
      result: stableResult(result),
      at,
    })
    const evidence = {
      ...stored,
      kind: "check",
      summary: result.summary.slice(0, 400),
      at: at.toISOString(),
      by: `Check: ${input.check.kind}`,
    }
    const { outcome, summary: message } = result
    return decideCheckResult(hand.state, { itemKey, runId: run.id, outcome, evidence, message }, actor)
  })
}
