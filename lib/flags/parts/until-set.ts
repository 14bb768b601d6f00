import { setTimeout as delay } from "node:timers/promises"
import type { FlagState } from "../contract"
import { assertSet } from "./assert-set"

const LOOK_AGAIN_MS = 250

/**
 * Asks until it is as it was wanted, for as long as the service may take to say the same everywhere: some answer from copies
 * that are a little behind. Rejects with an Error in words where it stays otherwise, and with the signal's reason.
 */
export async function untilSet(
  service: string,
  state: () => Promise<FlagState>,
  { wanted, settleMs, signal }: { wanted: boolean; settleMs: number; signal: AbortSignal },
): Promise<FlagState> {
  const untilMs = performance.now() + settleMs
  for (;;) {
    const now = await state()
    if (now.on === wanted || performance.now() >= untilMs) return assertSet(service, now, wanted)
    await delay(LOOK_AGAIN_MS, null, { signal }).catch(() => signal.throwIfAborted())
  }
}
