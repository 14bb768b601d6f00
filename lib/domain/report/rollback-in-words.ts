import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import type { AnyTimelineEvent, TimelineEvent } from "@/lib/domain/timeline/event"
import { bothClocks } from "./report-clock"
import { facts, type ReportPart, text } from "./report-model"

const versionInWords = ({ version, commit }: DeployedVersion) => (commit ? `${version} (${commit})` : version)
const options = {
  promote_previous: "the version before was made live again",
  git_revert: "the commits were taken back",
}

/** What the rollbacks among these events did, and what they did not undo. Nothing where there was none. */
export function rollbacksInWords(state: ReleaseState, events: readonly AnyTimelineEvent[]): ReportPart[] {
  const decided = events.filter(
    (event): event is TimelineEvent<"rollback.decided"> => event.type === "rollback.decided",
  )
  return decided.flatMap((event) => rollbackInWords(state, event, events))
}

function rollbackInWords(
  state: ReleaseState,
  decided: TimelineEvent<"rollback.decided">,
  events: readonly AnyTimelineEvent[],
): ReportPart[] {
  const { zone } = state.window
  const { runId, to, reason, option, doesNotUndo } = decided.data
  const later = events.filter(({ seq }) => seq > decided.seq)
  const next = later.find(({ type }) => type === "rollback.decided")?.seq ?? Number.POSITIVE_INFINITY
  const mine = later.filter(({ seq }) => seq < next)
  const verified = mine.find((event) => event.type === "rollback.verified" && event.data.runId === runId)
  const failed = mine.find((event) => event.type === "rollback.failed" && event.data.runId === runId)
  const watched = mine.find((event) => event.type === "rollback.watched")
  const stopwatchMs = verified?.type === "rollback.verified" ? verified.data.stopwatchMs : null
  const budgetMs = Math.round(state.budgets.rollbackMs * state.timeScale)
  return [
    facts([
      ["Decided", `${bothClocks(decided.at, zone)} by ${actorName(decided.actor)}`],
      ["Why", reason],
      ["Back to", versionInWords(to)],
      ["How", options[option]],
      [
        "Verified",
        verified && stopwatchMs !== null
          ? `${bothClocks(verified.at, zone)}, ${durationInWords(stopwatchMs)} after the decision (budget ${durationInWords(budgetMs)}${stopwatchMs > budgetMs ? ", exceeded" : ""})`
          : null,
      ],
      ["Failed", failed?.type === "rollback.failed" ? `${bothClocks(failed.at, zone)}: ${failed.data.reason}` : null],
      [
        "Watched afterwards",
        watched?.type === "rollback.watched"
          ? `${watched.data.verdict}. ${watched.data.reasons.join(" ")}`.trim()
          : null,
      ],
      ["Undone", verified ? `the code: ${versionInWords(to)} answers again, and was verified` : null],
    ]),
    ...(doesNotUndo.length > 0
      ? [text("Not undone by it:"), { type: "list", items: doesNotUndo } as const]
      : [text("Nothing was known that going back does not undo.")]),
  ]
}
