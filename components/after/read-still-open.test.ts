import { expect, it } from "vitest"
import { person, START, Timeline } from "@/lib/domain/release/release.fixture"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { readStillOpen } from "./read-still-open"

const console_ = { type: "console", reason: "rounds" } as const
const followup = (key: string) => ({ key, title: `Title ${key}`, detail: "", commands: [], proof: null, dueAt: null })

it("names what closing would leave undone, until it is done", () => {
  const timeline = new Timeline()
  expect(readStillOpen(timeline.state)).toEqual([])
  const begun: NewEvent[] = [
    { type: "round.planned", actor: console_, data: { startsAt: START, bands: [] } },
    {
      type: "threshold.breached",
      actor: console_,
      data: { level: "critical", key: "e", title: "Error rate > 10%", words: "12 %" },
    },
    {
      type: "followup.opened",
      actor: console_,
      data: { list: "after", followups: [followup("one"), followup("two")] },
    },
  ]
  timeline.append(begun)
  expect(readStillOpen(timeline.state)).toEqual([
    "Threshold breached: Error rate > 10%",
    "The rounds of the first day are not over",
    "Of the 72 hours: Title one",
    "Of the 72 hours: Title two",
  ])
  timeline.append([
    { type: "followup.done", actor: person("olga"), data: { followupKey: "one", note: null } },
    { type: "round.ended", actor: console_, data: { reason: "The last round is over." } },
    {
      type: "threshold.cleared",
      actor: console_,
      data: { level: "critical", key: "e", title: "Error rate > 10%", words: "1 %" },
    },
  ])
  expect(readStillOpen(timeline.state)).toEqual(["Of the 72 hours: Title two"])
})
