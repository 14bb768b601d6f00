import type {
  ItemStatus,
  ReleaseStatus,
  RunStatus,
  SignoffStatus,
  StepStatus,
  Verdict,
} from "@/lib/domain/release/state"

/** How a state looks: each tone has a shape of its own, so that colour is never the only sign. */
export type Tone = "none" | "busy" | "ready" | "pass" | "fail" | "warn" | "wait" | "off"
export interface Look {
  tone: Tone
  word: string
}

export const releaseLooks: Record<ReleaseStatus, Look> = {
  preparing: { tone: "none", word: "Preparing" },
  deploying: { tone: "busy", word: "Deploying" },
  verifying: { tone: "busy", word: "Verifying" },
  watching: { tone: "busy", word: "Watching" },
  rolling_back: { tone: "warn", word: "Rolling back" },
  rolled_back: { tone: "off", word: "Rolled back" },
  rollback_failed: { tone: "fail", word: "Rollback failed" },
  closed: { tone: "pass", word: "Closed" },
}

export const itemLooks: Record<ItemStatus, Look> = {
  open: { tone: "none", word: "Open" },
  passed: { tone: "pass", word: "Passed" },
  failed: { tone: "fail", word: "Failed" },
  stale: { tone: "warn", word: "Stale" },
  waived: { tone: "off", word: "Waived" },
  not_applicable: { tone: "off", word: "Not applicable" },
}

export const signoffLooks: Record<SignoffStatus, Look> = {
  pending: { tone: "none", word: "Pending" },
  signed: { tone: "pass", word: "Signed" },
  declined: { tone: "fail", word: "Declined" },
  withdrawn: { tone: "off", word: "Withdrawn" },
  void: { tone: "warn", word: "Void" },
  expired: { tone: "warn", word: "Expired" },
}

export const stepLooks: Record<StepStatus, Look> = {
  pending: { tone: "none", word: "Pending" },
  running: { tone: "busy", word: "Running" },
  waiting: { tone: "wait", word: "Waits for a person" },
  passed: { tone: "pass", word: "Passed" },
  failed: { tone: "fail", word: "Failed" },
  skipped: { tone: "off", word: "Skipped" },
  aborted: { tone: "off", word: "Aborted" },
  timed_out: { tone: "fail", word: "Timed out" },
  interrupted: { tone: "warn", word: "Interrupted" },
}

export const runLooks: Record<RunStatus, Look> = {
  queued: { tone: "wait", word: "Queued" },
  running: { tone: "busy", word: "Running" },
  passed: { tone: "pass", word: "Passed" },
  failed: { tone: "fail", word: "Failed" },
  inconclusive: { tone: "warn", word: "Inconclusive" },
  aborted: { tone: "off", word: "Aborted" },
  cancelled: { tone: "off", word: "Cancelled" },
}

export const verdictLooks: Record<Verdict, Look> = {
  pass: { tone: "pass", word: "Pass" },
  fail: { tone: "fail", word: "Fail" },
  inconclusive: { tone: "warn", word: "Inconclusive" },
}
