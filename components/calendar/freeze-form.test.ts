import { describe, expect, it } from "vitest"
import type { FreezeView } from "@/lib/contracts/api/calendar"
import type { FreezeRule } from "@/lib/domain/window/freeze"
import { ruleInWords } from "@/lib/domain/window/rule-in-words"
import { emptyForm, type FreezeForm, formOf, ruleOf } from "./freeze-form"

const zone = "America/New_York"
const form = (more: Partial<FreezeForm>): FreezeForm => ({
  ...emptyForm("postd/production", zone),
  ...{ name: "n", reason: "r", start: "2026-11-23T16:00", end: "2026-11-24T00:00", kind: "recurring", hours: "8" },
  ...more,
})
const view = (rule: FreezeRule): FreezeView => ({
  ...{ id: "f", name: "n", reason: "r", rule, service: null, environment: null, by: "Tess" },
  ...{ revision: 1, changedAt: "2026-11-23T16:00:00.000Z", ended: null, mayEdit: true },
})

describe("the form of a freeze", () => {
  it.each<[string, Partial<FreezeForm>, string, string]>([
    ["weekly", { days: ["FR", "MO"] }, "FREQ=WEEKLY;BYDAY=MO,FR", "every week on Monday, Friday, 16:00 for 8 h"],
    [
      "last",
      { repeat: "last", days: ["FR"] },
      "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1",
      "every month on the last Friday, 16:00 for 8 h",
    ],
    ["monthly", { repeat: "monthly" }, "FREQ=MONTHLY;BYMONTHDAY=23", "every month on day 23, 16:00 for 8 h"],
    ["yearly", { repeat: "yearly" }, "FREQ=YEARLY", "every year, 16:00 for 8 h"],
    [
      "until",
      { repeat: "yearly", until: "2030-01-02" },
      "FREQ=YEARLY;UNTIL=20300102",
      "FREQ=YEARLY;UNTIL=20300102, 16:00 for 8 h",
    ],
    ["raw", { repeat: "raw", rrule: "FREQ=DAILY;INTERVAL=2" }, "FREQ=DAILY;INTERVAL=2", "every 2 days, 16:00 for 8 h"],
  ])("%s", (_, more, rrule, words) => {
    const read = ruleOf(form(more))
    if (!("rule" in read)) throw new Error(JSON.stringify(read.errors))
    expect(read.rule).toEqual({ kind: "recurring", start: "2026-11-23T16:00", durationMinutes: 480, rrule, zone })
    expect(ruleInWords(read.rule)).toBe(`${words} (${zone})`)
    expect(ruleOf(formOf(view(read.rule))), "what is saved is read again as it was").toEqual(read)
  })

  it("single ones and holidays come back as they were", () => {
    const rules: FreezeRule[] = [
      { kind: "once", start: "2026-12-24T18:00", end: "2026-12-27T00:00", zone },
      { kind: "dates", dates: ["2026-12-25", "2027-01-01"], zone },
    ]
    for (const rule of rules) expect(ruleOf(formOf(view(rule)))).toEqual({ rule })
  })

  it("says by field what is wrong", () => {
    expect(ruleOf(form({ kind: "once", end: "2026-11-23T15:00" }))).toEqual({
      errors: { end: "must be after the start" },
    })
    expect(ruleOf(form({ repeat: "raw", rrule: "FREQ=SECONDLY" }))).toMatchObject({
      errors: { rrule: expect.stringContaining("FREQ must be") },
    })
    expect(ruleOf(form({ hours: "-1" }))).toMatchObject({ errors: { durationMinutes: expect.any(String) } })
    expect(ruleOf(form({ days: [] }))).toMatchObject({ errors: { rrule: expect.any(String) } })
  })
})
