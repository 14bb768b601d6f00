import type { Role, SignoffRole } from "@/lib/domain/access/roles"
import type { Incident } from "@/lib/domain/incident/incident-state"
import type { MetricRule } from "@/lib/domain/metric/rule"
import type { SavedReport } from "@/lib/domain/report/saved-report"
import type { Review } from "@/lib/domain/review/review"
import type { Rounds } from "@/lib/domain/round/round-state"
import type { ThresholdState } from "@/lib/domain/threshold/threshold-state"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import type { DeploymentWindow } from "@/lib/domain/window/window"

/**
 * Everything that is so about a release: the fold of its events and nothing else.
 * Instants are ISO 8601 in UTC, durations are milliseconds. The whole value is JSON.
 */
export interface ReleaseState {
  id: string
  name: string
  version: string
  /** The git ref to deploy, and the commit it stood for when the release was made. */
  ref: string
  commit: string | null
  service: { id: string; key: string; name: string }
  environment: { id: string; key: string; name: string }
  playbook: { versionId: string; number: number; hash: string; name: string }
  createdBy: PersonRef
  createdAt: string
  status: ReleaseStatus
  closed: { by: PersonRef; at: string; note: string | null } | null

  window: DeploymentWindow
  policy: SignoffPolicy
  /** All durations that people and rules wait for (not the age of evidence) are multiplied by this (1 is real time; rehearsals and tests use less). */
  timeScale: number

  groups: { key: string; title: string; itemKeys: string[] }[]
  items: Record<string, ChecklistItem>
  /** The last time that several items were proved in one go. */
  proof: Proof | null
  signoffs: Partial<Record<SignoffRole, Signoff>>
  override: WindowOverride | null
  /** Who asked for a deployment of it, once each. */
  startedBy: PersonRef[]
  /** When it is to go live by itself. */
  schedule: Schedule | null

  runs: Record<string, RunState>
  /** Run ids, oldest first. */
  runOrder: string[]

  /** What this release found live before it, and what it made live. Null: nothing known or nothing there. */
  previous: DeployedVersion | null
  live: DeployedVersion | null
  switchedAt: string | null
  maintenance: {
    on: boolean
    since: string | null
    message: string | null
    downtimeMs: number
    /** When it had been on for longer than its budget, and people were told. */
    overdueAt: string | null
  }

  verification: Verification | null
  triggers: Record<string, TriggerState>
  rollback: RollbackState | null
  /** By key. */
  followups: Record<string, Followup>
  /** Feature flags that were turned during this release, by key. */
  flags: Record<string, FlagRecord>
  /** By id. */
  incidents: Record<string, Incident>
  /** Alert thresholds that were breached since the switch, by `thresholdId`. */
  thresholds: Record<string, ThresholdState>
  /** The looks at it in its first day. Null: it is not live yet. */
  rounds: Rounds | null
  /** Meetings to look back, by id. */
  reviews: Record<string, Review>
  /** Reports that somebody saved, by `release` or the incident's id. */
  reports: Record<string, SavedReport>
  budgets: { downtimeMaxMs: number; rollbackMs: number; countdownMs: number }
  environmentLock: { reason: string; at: string; by: string } | null

  lastSeq: number
  updatedAt: string
}

/**
 * preparing → deploying → verifying → watching → closed; a rollback goes rolling_back → rolled_back → closed.
 * A deploy that failed or was aborted before the switch goes back to preparing.
 */
export type ReleaseStatus =
  | "preparing"
  | "deploying"
  | "verifying"
  | "watching"
  | "rolling_back"
  | "rolled_back"
  | "rollback_failed"
  | "closed"

/** What is kept; `stale` is not kept but seen, see `itemStatus`. */
export type ItemState = "open" | "passed" | "failed" | "waived" | "not_applicable"
export type ItemStatus = ItemState | "stale"

export interface ChecklistItem {
  key: string
  title: string
  detail: string | null
  groupKey: string
  owner: string | null
  /** In words: what would prove it. */
  evidenceWanted: string
  /** The check that it is bound to, if any. `provedBy`: what proves it; a machine where it does not say. */
  check: { kind: string; provedBy?: "machine" | "person" | "push" } | null
  maxAgeMs: number | null
  waivable: boolean

  state: ItemState
  /** Raised by every change of the item; a write names the one it saw. */
  revision: number
  evidence: EvidenceRef | null
  /** What else was brought: files, links, texts, results of other systems. Stays until somebody takes it away. */
  attachments: EvidenceRef[]
  /** Until when a pass holds, with evidence or without. Null: for good. */
  validUntil: string | null
  note: string | null
  by: string | null
  at: string | null
  assignee: PersonRef | null
  dueAt: string | null
  comments: { id: string; by: PersonRef; at: string; text: string; mentions: PersonRef[] }[]
  /** A run of its check that is under way. */
  checking: { runId: string; since: string } | null
  /** Why its last check could not be carried out; null once one gave a result or somebody decided. */
  checkTrouble: { message: string; at: string } | null
}

/** Checks that were asked for in one go, by item key. How far they are stands in the runs. */
export interface Proof {
  id: string
  runIds: Record<string, string>
  startedAt: string
  by: string
}

export interface EvidenceRef {
  id: string
  /** text | check | link | file | result (of another system) */
  kind: string
  summary: string
  sha256: string
  /** Hash of what was found, without times: an unchanged re-run has the same. */
  resultHash: string
  at: string
  by: string
  validUntil: string | null
}

export interface SignoffPolicy {
  distinctPeople: boolean
  authorMaySign: boolean
  starterMaySign: boolean
  /** In sequence a role signs after those before it in the playbook. */
  order: "parallel" | "sequence"
  /** How long a signature stands. Not scaled: people agree on it by the clock. Null: until something changes. */
  expireMs: number | null
}

/** What is kept; `expired` is not kept but seen, see `signoffStatus`. */
export type SignoffState = "pending" | "signed" | "declined" | "withdrawn" | "void"
export type SignoffStatus = SignoffState | "expired"

export interface Signoff {
  role: SignoffRole
  title: string
  /** The statement, with `{name}`, `{title}`, `{release}`, `{version}` and `{environment}` to fill in. */
  meaning: string
  items: { key: string; title: string }[]
  /** How many people must sign for the role. */
  quorum: number
  /** Its place among the roles, from 0: in sequence, those before it sign first. */
  position: number
  /** `signed`: as many as the quorum asks for stand. `pending`: fewer do, perhaps none. */
  status: SignoffState
  /** Those that stand, oldest first; where the sign-off is void, those that stood: it says who is asked again. */
  signatures: Signature[]
  /** Why it is declined, withdrawn or void, in words. */
  reason: string | null
  by: string | null
  /** Who declined: may re-open it. */
  declinedBy: PersonRef | null
  at: string | null
  /** When the role was last asked to sign. */
  reminded: { at: string; by: string } | null
}

export interface Signature {
  id: string
  signer: PersonRef
  /** The role's holder for whom a stand-in signed. */
  onBehalfOf: PersonRef | null
  at: string
  /** Whose key holds the manifest's hash: the signer's own (passkey), or the console's, after a fresh password. */
  method: SigningMethod
  manifestHash: string
  meaning: string
  /** What was signed, and the proof of it. */
  evidenceId: string
  expiresAt: string | null
}

export type SigningMethod = "password" | "passkey"

/**
 * planned: waits for its time. begun: the deployment's run is queued, and waits for the phases' times by itself.
 * expired: its time came and the gate did not open.
 */
export interface Schedule {
  id: string
  status: "planned" | "begun" | "expired"
  /** When the deploy phase begins. */
  startAt: string
  /** When pre-flight and maintenance begin by themselves. */
  preflightAt: string
  maintenanceAt: string
  by: PersonRef
  setAt: string
  /** What was in the way when pre-flight was due, in words. Null: not asked yet, or nothing. */
  held: { at: string; blockers: string[] } | null
  /** Why it expired. */
  reason: string | null
}

/** Lets a start pass a closed window, and the freezes that it names. */
export interface WindowOverride {
  id: string
  reason: string
  freezeIds: string[]
  requestedBy: PersonRef
  requestedAt: string
  approvedBy: PersonRef | null
  approvedAt: string | null
  /** An approved override ends by itself. */
  expiresAt: string | null
}

/** `start`: renews stale proof, then starts the deployment. */
export type RunKind = "check" | "start" | "deploy" | "verify" | "watch" | "rollback" | "flag"
export type RunStatus = "queued" | "running" | "passed" | "failed" | "inconclusive" | "aborted" | "cancelled"

export interface RunState {
  id: string
  kind: RunKind
  status: RunStatus
  /** For kind `check`: the checklist item. */
  itemKey: string | null
  by: string
  queuedAt: string
  notBefore: string | null
  startedAt: string | null
  finishedAt: string | null
  /** How many workers have held it so far. */
  claims: number
  steps: StepState[]
  abort: { by: string; at: string; reason: string | null } | null
  /** No further step begins until somebody lets it go on; what has begun ends. */
  pause: { by: string; at: string; reason: string } | null
  /** Time for which it was paused before. */
  pausedMs: number
  /** How it ended, in words. */
  outcome: string | null
}

export type StepStatus =
  | "pending"
  | "running"
  | "waiting"
  | "passed"
  | "failed"
  | "skipped"
  | "aborted"
  | "timed_out"
  | "interrupted"

export interface StepState {
  key: string
  title: string
  /** Phase of the playbook (`preflight`, `maintenance_on`, …) or part of the verification (`immediate`, `functional`, `watch`). */
  phase: string
  phaseTitle: string
  /** Steps in a row with the same name run side by side. */
  parallel: string | null
  status: StepStatus
  attempt: number
  startedAt: string | null
  finishedAt: string | null
  /** Time spent working and time spent waiting for people, over all attempts. */
  workingMs: number
  waitingMs: number
  waitingSince: string | null
  workingSince: string | null
  /** What is asked of a person while `waiting`. */
  prompt: string | null
  /** The role that is asked. Null: whoever may confirm steps. */
  waitingRole: Role | null
  /** A person's word on the last prompt; cleared when something else is asked. */
  confirmed: { by: string; at: string; note: string | null } | null
  summary: string | null
  evidenceId: string | null
  /** True when the result was found already done after an interruption, not done again. */
  adopted: boolean
  attempts: { n: number; startedAt: string; finishedAt: string | null; status: StepStatus; summary: string | null }[]
}

export interface DeployedVersion {
  deploymentId: string
  version: string
  commit: string | null
}

export interface FlagRecord {
  key: string
  title: string
  /** What was asked for last. */
  wanted: boolean
  /** What its provider said last. Null: not asked yet. */
  on: boolean | null
  reason: string
  by: string
  askedAt: string
  /** The run that is turning it; null when there is none. */
  runId: string | null
  turnedAt: string | null
  tookMs: number | null
  /** Why it could not be turned. */
  problem: string | null
}

export type Verdict = "pass" | "fail" | "inconclusive"

export interface Verification {
  runId: string
  startedAt: string
  watchStartedAt: string | null
  watchEndsAt: string | null
  verdict: Verdict | null
  reasons: string[]
  decidedAt: string | null
  /** A person made the watch longer or shorter: the last of such words. */
  steered: { by: string; at: string; reason: string; how: "extended" | "ended_early" } | null
  /** A person took the release as it is, though the verdict was not a pass. */
  accepted: { by: string; at: string; reason: string } | null
}

/** What is left to do by people once something is over: after a rollback, after go-live. */
export interface Followup {
  key: string
  /** What it belongs to. */
  list: FollowupList
  /** Its place in the list, from 0. */
  position: number
  title: string
  detail: string
  commands: string[]
  /** What ticks it by itself: the verified rollback, the watch after it, a rule or the record when it is due. Null: a person. */
  proof: "verified" | "watch" | "rule" | "record" | null
  /** What it came from: an incident's id. */
  subject: string | null
  dueAt: string | null
  assignee: PersonRef | null
  revision: number
  done: { by: string; at: string; note: string | null } | null
  /** What the console found when its time came, where it looked and could not tick it. */
  found: { at: string; words: string } | null
}
/** `after`: in the days after go-live. `post_incident`: what is changed so that it does not happen again. */
export type FollowupList = "post_rollback" | "after" | "post_incident"

export interface TriggerState {
  key: string
  title: string
  mode: "auto" | "ask"
  /** Null: only a person can say that it is so. */
  rule: MetricRule | null
  armed: boolean
  breach: { at: string; words: string; runId: string | null } | null
  /** It was red before the switch: until it has been fine once, it says nothing about this release. */
  baseline: { at: string; words: string } | null
}

/**
 * asked: a breach waits for a person. counting: it acts by itself at `executesAt`. stopped: a person stopped the countdown.
 * running: under way. done: previous version verified. failed: it could not be verified.
 */
export type RollbackStatus = "asked" | "counting" | "stopped" | "running" | "done" | "failed"

/** A: what was live before is made live again. B: the commits are taken back, and that is deployed. */
export type RollbackOption = "promote_previous" | "git_revert"

export interface RollbackState {
  status: RollbackStatus
  triggerKey: string | null
  reason: string
  breachedAt: string | null
  /** The start of the stopwatch: the end of the countdown, or a person's word. */
  decidedAt: string | null
  executesAt: string | null
  by: string | null
  runId: string | null
  option: RollbackOption
  from: DeployedVersion | null
  to: DeployedVersion | null
  stoppedReason: string | null
  stoppedBy: string | null
  stoppedAt: string | null
  /** Why it could not be verified. */
  failedReason: string | null
  verifiedAt: string | null
  /** From decision to "previous version verified". */
  stopwatchMs: number | null
  /** What code alone does not undo, said before the click. */
  doesNotUndo: string[]
  /** The version that is live again is watched for a while. Null: not yet. */
  watch: { runId: string; endsAt: string; verdict: Verdict | null; reasons: string[] } | null
}
