import type { ReleaseState } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"
import { describe as describeEvent } from "@/lib/domain/timeline/describe"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { withTitles } from "@/lib/domain/timeline/with-titles"
import { cityOf, wallClock, withClocks } from "./report-clock"
import { type ReportPart, tableOr } from "./report-model"

/** Longer words stand in full elsewhere in the report, or on the timeline. */
const MOST_CHARS = 400

/** An event as a row of a report's timeline: with titles in place of keys, and instants on both clocks. */
export function eventInWords(state: ReleaseState, event: AnyTimelineEvent): string {
  const { title, detail } = withTitles(describeEvent(event), event, state)
  const words = detail ? `${titleOf(state, event, title)} · ${cut(detail)}` : titleOf(state, event, title)
  return withClocks(words, state.window.zone)
}

export function cut(words: string): string {
  return words.length > MOST_CHARS ? `${words.slice(0, MOST_CHARS - 1).toWellFormed()}…` : words
}

function titleOf(state: ReleaseState, event: AnyTimelineEvent, title: string): string {
  if (event.type === "incident.action_ticked") {
    const { incidentId, stageKey, action, done } = event.data
    const stage = state.incidents[incidentId]?.stages.find(({ key }) => key === stageKey)
    const words = stage?.actions[action]?.title
    if (words) return `${actorName(event.actor)} ${done ? "ticked" : "unticked"} “${words}” (${stage?.title})`
  }
  if (event.type === "followup.assigned" || event.type === "followup.done" || event.type === "followup.reopened") {
    const { followupKey } = event.data
    const followup = state.followups[followupKey]
    if (followup) return title.replace(followupKey, () => `“${followup.title}”`)
  }
  return title
}

/** Events as a table: when by both clocks, who, what, and the number by which the timeline knows it. */
export function timelineTable(
  state: ReleaseState,
  events: readonly AnyTimelineEvent[],
  otherwise: string,
  wordsOf: (event: AnyTimelineEvent) => string = (event) => eventInWords(state, event),
): ReportPart {
  const { zone } = state.window
  const clocks = (at: string) => (zone === "UTC" ? [wallClock(at, zone)] : [wallClock(at, zone), wallClock(at, "UTC")])
  const rows = events.map((event) => [...clocks(event.at), actorName(event.actor), wordsOf(event), String(event.seq)])
  return tableOr([...(zone === "UTC" ? [] : [cityOf(zone)]), "UTC", "Who", "What", "Event"], rows, otherwise)
}
