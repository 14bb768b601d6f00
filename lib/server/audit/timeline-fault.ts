import type { ChainProblem } from "@/lib/domain/timeline/chain"

/** Where a timeline does not hold. */
export interface TimelineFault {
  /** The first event at which it shows; null where it is about the release's row. */
  seq: number | null
  kind: ChainProblem["kind"] | "head" | "state" | "evidence"
  message: string
}
