import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { short } from "../answer"
import { checkDurationMs } from "../duration"
import type { LoadConfig } from "./config-schema"
import { type JudgedAnswer, percentile } from "./judge-load"
import type { ManyAnswers } from "./send-many"

/** How many answers of which status, and how fast they came. */
export function showLoad(
  load: LoadConfig,
  { judged, faults, unsent, tookMs }: ManyAnswers<JudgedAnswer>,
): EvidenceBlock[] {
  const times = judged.map(({ tookMs: ms }) => ms)
  const counts = new Map<string, number>()
  const add = (label: string) => counts.set(label, (counts.get(label) ?? 0) + 1)
  for (const { status } of judged) add(String(status))
  for (const fault of faults) add(`no answer: ${short(fault, 100)}`)
  if (unsent > 0) counts.set("not sent in time", unsent)
  return [
    {
      type: "table",
      title: "Answers by status",
      columns: ["Status", "Answers"],
      rows: [...counts]
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([label, count]) => [label, String(count)]),
    },
    ...latency("Latency p50", percentile(times, 0.5), load.p50Below),
    ...latency("Latency p99", percentile(times, 0.99), load.p99Below),
    ...latency("Time for all", tookMs, load.within),
  ]
}

function latency(label: string, value: number | null, limit: string | undefined): EvidenceBlock[] {
  if (value === null) return []
  if (limit === undefined) return [{ type: "metric", label, value, unit: "ms", verdict: "neutral" }]
  const limitMs = checkDurationMs(limit)
  return [{ type: "metric", label, value, unit: "ms", limit: limitMs, verdict: value < limitMs ? "good" : "bad" }]
}
