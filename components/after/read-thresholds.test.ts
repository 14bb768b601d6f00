import { describe, expect, it } from "vitest"
import type { SampleLine } from "@/lib/contracts/stream"
import { Timeline } from "@/lib/domain/release/release.fixture"
import type { Playbook } from "@/lib/playbook/schema"
import { onBreachInWords, readingInWords, thresholdLook, thresholdViews } from "./read-thresholds"

const rule = { metric: "error_rate", comparison: ">", limit: 0.05, unit: "ratio", for: "1m" } as const
const playbook = {
  thresholds: {
    critical: [{ key: "database", title: "Database unavailable" }],
    warning: [
      { key: "latency", title: "Slow", rule: { metric: "latency_p99", comparison: ">", limit: 1000, unit: "ms" } },
      { key: "error-rate", title: "Error rate > 5%", rule },
    ],
  },
  incident: {
    escalation: [
      {
        severity: "critical",
        condition: "down",
        steps: [
          { title: "Page on-call engineer", after: "0s", page: "on-call" },
          { title: "Write it down" },
          { title: "If unresolved: rollback", after: "10m", action: "rollback" },
        ],
      },
    ],
  },
} as unknown as Playbook

const sample = (more: Partial<SampleLine>): SampleLine => ({
  ...{ id: "1", runId: "r", metric: "error_rate", at: "2026-11-23T16:00:00.000Z", count: 10 },
  ...{ status: "good", value: 0.01, ...more },
})

describe("thresholds", () => {
  const told = { level: "warning", key: "error-rate", title: "Error rate > 5%", words: "9 % for 1 min." } as const
  const worker = { type: "worker", id: "w", runId: "r" } as const

  it("what is breached comes first, and after it clears in the playbook's order again", () => {
    const timeline = new Timeline()
    const views = () => thresholdViews(playbook, timeline.state.thresholds, "warning")
    expect(views().map(({ key }) => key)).toEqual(["latency", "error-rate"])
    timeline.append([{ type: "threshold.breached", actor: worker, data: told }])
    expect(views().map(({ key }) => key)).toEqual(["error-rate", "latency"])
    expect(thresholdLook(views()[0] as never, sample({}), true)).toEqual({ tone: "fail", word: "Breached" })
    timeline.append([{ type: "threshold.cleared", actor: worker, data: { ...told, words: "Fine for 1 min." } }])
    expect(views().map(({ key }) => key)).toEqual(["latency", "error-rate"])
    expect(views()[1]?.state?.clearedAt).not.toBeNull()
  })

  const [, view] = thresholdViews(playbook, {}, "warning")
  const [byPerson] = thresholdViews(playbook, {}, "critical")
  it.each<[string, Parameters<typeof thresholdLook>[1], boolean, string]>([
    ["within", sample({}), true, "Fine"],
    ["at the limit: comparison is strict", sample({ value: 0.05 }), true, "Fine"],
    ["beyond, not long enough", sample({ value: 0.06 }), true, "Beyond it"],
    ["nothing came", undefined, true, "No data"],
    ["a gap", sample({ status: "no_data", value: null }), true, "No data"],
    ["the source fails", sample({ status: "error", value: null }), true, "The source failed"],
    ["before the switch", undefined, false, "Not watched"],
  ])("%s", (_, last, watched, word) => {
    expect(view && thresholdLook(view, last, watched).word).toBe(word)
  })

  it("without a rule, a person says that it is so", () => {
    expect(byPerson && thresholdLook(byPerson, undefined, true)).toEqual({ tone: "none", word: "A person says so" })
  })

  it("the last real reading is shown, in its unit", () => {
    const samples = [sample({ value: 0.042 }), sample({ status: "no_data", value: null })]
    expect(view?.rule && readingInWords(view.rule, samples)).toBe("4.2 %")
    expect(view?.rule && readingInWords(view.rule, [])).toBe("no reading yet")
  })

  it("says what follows, by the playbook's clocks", () => {
    expect(onBreachInWords(playbook, "critical")).toBe(
      "Declares a critical incident; at once: page on-call engineer; after 10m: if unresolved: rollback.",
    )
    expect(onBreachInWords(playbook, "warning")).toMatch(/looked into/)
  })
})
