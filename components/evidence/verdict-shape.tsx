import { StatusShape } from "@/components/status/status-mark"
import type { EvidenceVerdict } from "@/lib/contracts/evidence"

const words = { good: "as expected", bad: "not as expected" }

export function VerdictShape({ verdict }: { verdict: EvidenceVerdict }) {
  if (verdict === "neutral") return null
  return <StatusShape tone={verdict === "good" ? "pass" : "fail"} label={words[verdict]} className="size-3.5" />
}
