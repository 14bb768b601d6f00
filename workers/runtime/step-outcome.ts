import type { EvidenceBlock } from "@/lib/contracts/evidence"
import type { FrozenStep } from "@/lib/contracts/runs"
import type { Decision } from "@/lib/domain/release/decision"
import type { ReleaseInHand } from "@/lib/server/commit/release-in-hand"

/** How an attempt of a step ended, and what is to be kept of it. */
export interface StepOutcome {
  status: "passed" | "failed" | "timed_out"
  summary: string
  /** What there is to look at. */
  blocks: EvidenceBlock[]
  /** What was found, without times: equal when nothing changed. Left out: the blocks. */
  result?: unknown
  /** What made it: a check's kind, `strategy`, `maintenance`, … */
  kind: string
  /** Found already done, not done by this attempt. */
  adopted?: boolean
  /** A failure that another attempt would meet again. */
  final?: boolean
  /** What else the result means for the release: decided and committed together with the step's end. */
  also?: (hand: ReleaseInHand) => Decision
}

export interface StepAttempt {
  step: FrozenStep
  n: number
  signal: AbortSignal
  timeoutMs: number
  log: (stream: "out" | "err" | "info", text: string) => void
}

/** After an interruption of a step that changes the world. */
export type Inspected =
  | { answer: "done"; outcome: StepOutcome }
  | { answer: "again" }
  /** Nobody can tell: a person looks and says that it may be done again. */
  | { answer: "ask"; prompt: string }

export interface StepWorker {
  /** Carries out one attempt. Rejects with the signal's reason when it was stopped. */
  carryOut(attempt: StepAttempt): Promise<StepOutcome>
  inspect(attempt: StepAttempt): Promise<Inspected>
}
