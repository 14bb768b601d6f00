import type { EvidenceBlock } from "@/lib/contracts/evidence"
import type { FrozenStep } from "@/lib/contracts/runs"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"
import type { Decision } from "@/lib/domain/release/decision"

/** How an attempt of a step ended, and what is to be kept of it. */
export interface StepOutcome {
  status: "passed" | "failed" | "timed_out"
  summary: string
  /** What there is to look at; empty: nothing but the summary. */
  blocks: EvidenceBlock[]
  /** Which kind of thing made it: a check's kind, `strategy`, `maintenance`. */
  kind: string
  /** Found already done, not done by this attempt. */
  adopted?: boolean
  /** A failure that another attempt would meet again. */
  final?: boolean
  /** What else the result means for the release, decided in the commit that ends the step. */
  decide?: (hand: ReleaseInHand, stateOf: "before" | "after") => Decision
}

export interface StepAttempt {
  step: FrozenStep
  attempt: number
  signal: AbortSignal
  log: (stream: "out" | "err" | "info", text: string) => void
}

/** Carries out one attempt. Rejects with the signal's reason when it was stopped. */
export type CarryOut = (attempt: StepAttempt) => Promise<StepOutcome>

/** After an interruption: an outcome that was found, or what to do. */
export type Inspected =
  | { answer: "done"; outcome: StepOutcome }
  | { answer: "again" }
  | { answer: "ask"; prompt: string }
