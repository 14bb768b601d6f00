import { describe, expect, test } from "vitest"
import type { IncidentMessage } from "@/lib/domain/incident/incident-state"
import { type KnownIncident, publicStatus } from "./public-status"

const now = "2026-11-29T12:00:00.000Z"
let n = 0
function message(over: Partial<IncidentMessage>): IncidentMessage {
  n += 1
  return {
    ...{ id: `m${n}`, audience: "customers", status: "investigating", template: null },
    ...{ title: "We have a problem", text: "Some requests fail.", by: "Ada", at: "2026-11-29T11:00:00.000Z" },
    ...over,
  }
}
const incident = (over: Partial<KnownIncident>): KnownIncident => ({
  status: "open",
  resolvedAt: null,
  messages: [],
  ...over,
})
const of = (incidents: KnownIncident[], maintenance: Parameters<typeof publicStatus>[0]["maintenance"] = []) =>
  publicStatus({ incidents, maintenance }, now)

describe("the public status", () => {
  test("nothing told, nothing shown: an incident without a message for customers is the team's own", () => {
    const answer = of([incident({ messages: [message({ audience: "internal", text: "secret" })] })])
    expect(answer).toEqual({
      ...{ state: "operational", words: "Everything works.", maintenance: [], incidents: [], history: [] },
    })
  })

  test("only what customers were told is let out, the newest first, and not by whom", () => {
    const answer = of([
      incident({
        messages: [
          message({ at: "2026-11-29T11:00:00.000Z" }),
          message({ audience: "internal", title: "secret", text: "secret", at: "2026-11-29T11:05:00.000Z" }),
          message({ status: "identified", title: "We know what it is", at: "2026-11-29T11:10:00.000Z" }),
        ],
      }),
    ])
    expect(answer.state).toBe("incident")
    expect(answer.words).toMatch(/know what it is/)
    expect(answer.incidents[0]).toMatchObject({
      ...{ title: "We know what it is", status: "identified", startedAt: "2026-11-29T11:00:00.000Z", endedAt: null },
    })
    expect(answer.incidents[0]?.updates.map(({ status }) => status)).toEqual(["identified", "investigating"])
    expect(JSON.stringify(answer)).not.toMatch(/secret|Ada/)
  })

  test("over once it is resolved, though nobody told customers", () => {
    const resolvedAt = "2026-11-29T11:30:00.000Z"
    const answer = of([incident({ status: "resolved", resolvedAt, messages: [message({})] })])
    expect(answer.state).toBe("operational")
    expect(answer.history[0]).toMatchObject({ status: "resolved", endedAt: resolvedAt })
  })

  test("over once customers were told so, though the team still works on it; another message opens it again", () => {
    const over = message({ status: "resolved", at: "2026-11-29T11:20:00.000Z" })
    expect(of([incident({ messages: [message({}), over] })]).history[0]?.endedAt).toBe(over.at)
    const again = message({ at: "2026-11-29T11:40:00.000Z" })
    expect(of([incident({ messages: [message({}), over, again] })]).incidents).toHaveLength(1)
  })

  test("what ended more than 14 days ago is no longer shown", () => {
    const ended = (resolvedAt: string) =>
      incident({ status: "resolved", resolvedAt, messages: [message({ at: resolvedAt })] })
    const answer = of([ended("2026-11-15T11:59:59.000Z"), ended("2026-11-15T12:00:00.000Z")])
    expect(answer.history.map(({ endedAt }) => endedAt)).toEqual(["2026-11-15T12:00:00.000Z"])
  })

  test("maintenance is said with its message, and in other words where there is none; a problem weighs more", () => {
    const since = "2026-11-29T11:50:00.000Z"
    const maintenance = [{ environment: "Production", message: null, since }]
    const answer = of([], maintenance)
    expect(answer).toMatchObject({ state: "maintenance", words: "Maintenance is under way." })
    expect(answer.maintenance[0]?.message).toMatch(/back soon/)
    expect(of([incident({ messages: [message({})] })], maintenance).state).toBe("incident")
  })

  test("of several problems the least understood is spoken of", () => {
    const monitoring = incident({ messages: [message({ status: "monitoring" })] })
    expect(of([monitoring]).words).toMatch(/put right/)
    expect(of([monitoring, incident({ messages: [message({})] })]).words).toMatch(/looking into/)
  })
})
