import type { ReleaseState } from "@/lib/domain/release/state"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { bothClocks } from "./report-clock"
import { facts, type ReportSection } from "./report-model"

/** What a report rests on, so that it can be held against the timeline later. */
export function recordSection(state: ReleaseState, last: AnyTimelineEvent): ReportSection {
  const scale =
    state.timeScale === 1 ? null : `1 to ${state.timeScale}: durations of rules and deadlines were shortened`
  return {
    key: "record",
    title: "Record",
    parts: [
      facts([
        ["Release", state.id],
        [
          "Drafted from",
          `events 1 to ${last.seq} of its timeline, the last of ${bothClocks(last.at, state.window.zone)}`,
        ],
        ["Head of the chain", last.hash ? `${last.seq}:${last.hash}` : null],
        ["Time scale", scale],
      ]),
    ],
  }
}
