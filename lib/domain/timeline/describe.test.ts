import { describe, expect, it } from "vitest"
import { valueInWords } from "@/lib/domain/metric/in-words"
import { errorRule, person, START, Timeline, v1, v2, worker } from "@/lib/domain/release/release.fixture"
import { describe as inWords } from "./describe"
import { durationInWords } from "./duration-in-words"
import type { AnyTimelineEvent, NewEvent } from "./event"

const dora = person("dora", "devops")
const words = (event: NewEvent) =>
  inWords({ ...event, releaseId: "r", seq: 2, id: "i", at: START, prevHash: "", hash: "" } as AnyTimelineEvent)

describe("the words of an event", () => {
  it("has words for every event of a whole release", () => {
    for (const event of new Timeline().live().events) {
      const { title, tone, noun } = inWords(event)
      expect(title).not.toMatch(/undefined|null|\[object/)
      expect(event.type.startsWith(`${noun}.`)).toBe(true)
      expect(["neutral", "good", "bad", "warning", "busy"]).toContain(tone)
    }
  })

  it.each([
    [
      { type: "checklist.item_waived", actor: dora, data: { itemKey: "tls", reason: "agreed" } },
      "Dora waived tls",
      "agreed",
      "warning",
    ],
    [
      { type: "checklist.item_passed", actor: worker(), data: { itemKey: "tls", evidence: null, note: "200" } },
      "tls passed its check",
      "200",
      "good",
    ],
    [
      { type: "signoff.declined", actor: dora, data: { role: "devops", reason: "no backup" } },
      "Dora declined as DevOps",
      "no backup",
      "bad",
    ],
    [
      { type: "deployment.switched", actor: worker(), data: { from: v1, to: v2, adopted: false } },
      "1.1.0 is live",
      "Instead of 1.0.0",
      "good",
    ],
    [
      { type: "deployment.switched", actor: worker(), data: { from: v2, to: v2, adopted: true } },
      "1.1.0 is live",
      "(found done after an interruption)",
      "good",
    ],
    [
      { type: "deployment.found_live", actor: worker(), data: { previous: null } },
      "nothing was live before",
      undefined,
      "neutral",
    ],
    [
      { type: "step.waiting", actor: worker(), data: { runId: "r", stepKey: "go", prompt: "Go?", role: "ops" } },
      "Step go waits for Ops",
      "Go?",
      "warning",
    ],
    [
      { type: "run.claimed", actor: worker(), data: { runId: "r", fence: 2, workerId: "w2" } },
      "Another worker took over the run",
      "w2",
      "neutral",
    ],
    [
      { type: "rollback.verified", actor: worker(), data: { runId: "r", stopwatchMs: 72_345 } },
      "The previous version is live again and verified",
      "1 min 12 s after the decision",
      "good",
    ],
    [
      { type: "maintenance.turned_off", actor: worker(), data: { provider: "x" } },
      "Maintenance mode is off",
      undefined,
      "good",
    ],
  ] satisfies [NewEvent, string, string | undefined, string][])("%o", (event, title, detail, tone) => {
    expect(words(event)).toEqual({ title, ...(detail ? { detail } : {}), tone, noun: event.type.split(".")[0] })
  })
})

describe("words for numbers", () => {
  it.each([
    [0, "0 ms"],
    [999.4, "999 ms"],
    [1_000, "1 s"],
    [61_000, "1 min 1 s"],
    [8_040_000, "2 h 14 min"],
    [86_400_000, "1 d"],
    [90_000_000, "1 d 1 h"],
    [-5, "0 ms"],
  ])("%d ms", (ms, expected) => {
    expect(durationInWords(ms)).toBe(expected)
  })

  it.each([
    [0.0524, "ratio", "5.24 %"],
    [1840, "ms", "1840 ms"],
    [12.5, "per_second", "12.5 / s"],
    [errorRule.limit, errorRule.unit, "5 %"],
    [0, "jobs", "0 jobs"],
  ])("%d %s", (value, unit, expected) => {
    expect(valueInWords(value, unit)).toBe(expected)
  })
})
