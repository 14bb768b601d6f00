import { openRounds } from "@/components/after/read-rounds"
import type { Tone } from "@/components/status/tones"
import { checklistProgress } from "@/lib/domain/checklist/progress"
import { openIncident } from "@/lib/domain/incident/declare-incident"
import type { ReleaseState, RunState } from "@/lib/domain/release/state"

export interface Tab {
  key: "checklist" | "signoffs" | "deploy" | "verify" | "rollback" | "incident" | "after" | "report" | "timeline"
  title: string
  count?: string
  tone?: Tone
  toneWord?: string
}

/** The tabs of a release with what each has to say at `nowMs`: proof that has become too old is not done any more. */
export function readTabs(release: ReleaseState, nowMs: number): Tab[] {
  const { total, done, byStatus } = checklistProgress(release, nowMs)
  const signoffs = Object.values(release.signoffs)
  const deploy = latest(release, "deploy")
  const steps = deploy?.steps ?? []
  const waiting = steps.some((step) => step.status === "waiting")
  const lostSignoffs = signoffs.filter((signoff) => signoff.status === "void" || signoff.status === "declined").length
  return [
    {
      key: "checklist",
      title: "Checklist",
      count: `${done}/${total}`,
      ...(byStatus.failed > 0
        ? { tone: "fail" as const, toneWord: `${byStatus.failed} failed` }
        : byStatus.stale > 0
          ? { tone: "warn" as const, toneWord: `${byStatus.stale} stale` }
          : {}),
    },
    {
      key: "signoffs",
      title: "Sign-offs",
      count: `${signoffs.filter((signoff) => signoff.status === "signed").length}/${signoffs.length}`,
      ...(lostSignoffs > 0 ? { tone: "warn" as const, toneWord: `${lostSignoffs} void or declined` } : {}),
    },
    {
      key: "deploy",
      title: "Deploy",
      ...(steps.length > 0
        ? {
            count: `${steps.filter((step) => step.status === "passed" || step.status === "skipped").length}/${steps.length}`,
          }
        : {}),
      ...(waiting
        ? { tone: "wait" as const, toneWord: "waits for a person" }
        : deploy?.status === "running"
          ? { tone: "busy" as const, toneWord: "running" }
          : {}),
    },
    { key: "verify", title: "Verify", ...verifyMark(release) },
    { key: "rollback", title: "Rollback", ...rollbackMark(release) },
    { key: "incident", title: "Incident", ...incidentMark(release) },
    { key: "after", title: "After", ...afterMark(release) },
    { key: "report", title: "Report" },
    { key: "timeline", title: "Timeline", count: String(release.lastSeq) },
  ]
}

function verifyMark({ verification, status }: ReleaseState): Partial<Tab> {
  if (verification?.verdict === "pass") return { tone: "pass", toneWord: "pass" }
  if (verification?.verdict === "fail") return { tone: "fail", toneWord: "fail" }
  if (verification?.verdict === "inconclusive") return { tone: "warn", toneWord: "inconclusive" }
  return verification && status === "verifying" ? { tone: "busy", toneWord: "running" } : {}
}

function rollbackMark({ rollback, followups }: ReleaseState): Partial<Tab> {
  const after = Object.values(followups).filter(({ list }) => list === "post_rollback")
  const count = after.length > 0 ? { count: `${after.filter(({ done }) => done).length}/${after.length}` } : {}
  switch (rollback?.status) {
    case "counting":
    case "asked":
      return { ...count, tone: "fail", toneWord: "rollback?" }
    case "running":
      return { ...count, tone: "busy", toneWord: "running" }
    case "failed":
      return { ...count, tone: "fail", toneWord: "failed" }
    case "stopped":
      return { ...count, tone: "warn", toneWord: "stopped" }
    default:
      return count
  }
}

function incidentMark(release: ReleaseState): Partial<Tab> {
  const total = Object.keys(release.incidents).length
  const open = openIncident(release)
  return {
    ...(total > 0 ? { count: String(total) } : {}),
    ...(open?.status === "open" ? { tone: "fail", toneWord: "open, not acknowledged" } : {}),
    ...(open?.status === "acknowledged" ? { tone: "wait", toneWord: "acknowledged" } : {}),
  }
}

/** What is most urgent of the first days: a breach, then a round that waits for a person, then one that nobody did. */
function afterMark({ followups, thresholds, rounds }: ReleaseState): Partial<Tab> {
  const after = Object.values(followups).filter(({ list }) => list === "after")
  const count = after.length > 0 ? { count: `${after.filter(({ done }) => done).length}/${after.length}` } : {}
  const breached = Object.values(thresholds).filter(({ clearedAt }) => clearedAt === null).length
  if (breached > 0) return { ...count, tone: "fail", toneWord: `${breached} breached` }
  const all = rounds ? Object.values(rounds.rounds) : []
  if (openRounds(rounds).length > 0) return { ...count, tone: "wait", toneWord: "a round waits for a person" }
  const missed = all.filter(({ status }) => status === "missed").length
  return missed > 0 ? { ...count, tone: "warn", toneWord: `${missed} missed` } : count
}

/** The last run of a kind. */
export function latest(release: ReleaseState, kind: RunState["kind"]): RunState | null {
  const id = release.runOrder.findLast((runId) => release.runs[runId]?.kind === kind)
  return (id && release.runs[id]) || null
}
