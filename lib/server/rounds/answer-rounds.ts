import { answerByReadings, type RoundResult } from "@/lib/domain/round/answer-by-readings"
import { roundsToOpen } from "@/lib/domain/round/decide-rounds-due"
import { itemsOf } from "@/lib/domain/round/open-items"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import { readReadings } from "@/lib/server/runs/read-readings"
import { evaluationIntervalMs } from "@/lib/server/verification/evaluation-interval"

/** A source that is asked seldom is still looked at as far back as a few of its evaluations. */
const EVALUATIONS = 4

/** What the readings say in the rounds whose time it is, by round. Items of people and of checks are left to people. */
export async function answerRounds({
  tx,
  state,
  environmentConfig,
  now,
}: ReleaseInHand): Promise<Record<string, RoundResult[]>> {
  const nowMs = now.getTime()
  const intervalMs = evaluationIntervalMs(environmentConfig)
  const resultsOf: Record<string, RoundResult[]> = {}
  for (const { key, bandKey, sinceMs } of roundsToOpen(state, nowMs)) {
    const items = itemsOf(state.rounds?.bands ?? [], bandKey)
    const metrics = [...new Set(items.flatMap(({ metric }) => metric ?? []))]
    const fromMs = Math.min(sinceMs, nowMs - EVALUATIONS * intervalMs)
    const samples = await readReadings(tx, state, { metrics, fromMs, toMs: nowMs })
    resultsOf[key] = items.flatMap((item) => answerByReadings(item, samples, { sinceMs, nowMs, intervalMs }) ?? [])
  }
  return resultsOf
}
