import { describe, expect, it } from "vitest"
import { environment, person, run, START, Timeline } from "@/lib/domain/release/release.fixture"
import { queueRun } from "@/lib/domain/run/queue-run"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { gate } from "./gate"
import { windowGate } from "./window-gate"

const NIGHT = Date.parse("2026-11-24T03:00:00.000Z")
const now = Date.parse(START)
const dora = person("dora", "devops")
const codes = (timeline: Timeline, env = environment(), at = now) =>
  gate(timeline.state, env, at).blockers.map(({ code, subject }) => `${code} ${subject ?? ""}`.trim())

const override = (expiresAt: string | null): NewEvent[] => [
  { type: "override.requested", actor: dora, data: { overrideId: "o", reason: "urgent" } },
  ...(expiresAt
    ? [{ type: "override.approved" as const, actor: person("tom"), data: { overrideId: "o", expiresAt } }]
    : []),
]

describe("gate", () => {
  it("lets go what is ready", () => {
    expect(gate(new Timeline().ready().state, environment(), now)).toEqual({
      go: true,
      blockers: [],
      window: { open: true, opensAt: null, closesAt: "2026-11-23T22:00:00.000Z" },
      freezes: { inForce: [], until: null, next: null },
      opensAt: null,
      overridden: false,
      renewable: [],
    })
  })

  it("names everything that is missing, with who can clear it and where", () => {
    const { go, blockers } = gate(new Timeline().state, environment(), now)
    expect(go).toBe(false)
    expect(blockers).toHaveLength(5)
    expect(blockers[0]).toEqual({
      code: "checklist_open",
      message: "“Item manual” is still open.",
      role: "devops",
      href: "/releases/r/checklist#item-manual",
      subject: "manual",
    })
    expect(blockers[3]).toMatchObject({
      code: "signoff_pending",
      role: "tech_lead",
      href: "/releases/r/signoffs#tech_lead",
    })
  })

  it.each([
    [
      "failed",
      { type: "checklist.item_failed", actor: dora, data: { itemKey: "manual", evidence: null, note: "no" } },
      "checklist_failed manual",
    ],
    [
      "re-opened",
      { type: "checklist.item_reopened", actor: dora, data: { itemKey: "manual", note: null } },
      "checklist_open manual",
    ],
    [
      "declined",
      { type: "signoff.declined", actor: dora, data: { role: "security", reason: "no" } },
      "signoff_declined security",
    ],
    [
      "withdrawn",
      { type: "signoff.withdrawn", actor: dora, data: { role: "security", reason: "no" } },
      "signoff_withdrawn security",
    ],
    ["void", { type: "signoff.voided", actor: dora, data: { role: "security", cause: "x" } }, "signoff_void security"],
    ["closed", { type: "release.closed", actor: dora, data: { note: null } }, "release_state"],
  ] satisfies [string, NewEvent, string][])("%s", (_, event, code) => {
    const timeline = new Timeline().ready()
    timeline.append([event])
    expect(codes(timeline)).toEqual([code])
  })

  it.each(["waived", "not_applicable"] as const)("%s clears", (state) => {
    const timeline = new Timeline().ready()
    timeline.append([{ type: `checklist.item_${state}`, actor: dora, data: { itemKey: "manual", reason: "agreed" } }])
    expect(codes(timeline)).toEqual([])
  })

  it("stale evidence blocks from the moment on", () => {
    const timeline = new Timeline().ready()
    expect(codes(timeline, environment(), now + 86_400_000 - 1)).toEqual([])
    expect(codes(timeline, environment(), now + 86_400_000)).toEqual(["checklist_stale checked"])
  })

  it("says when the window opens", () => {
    const { blockers, window } = gate(new Timeline().ready().state, environment(), NIGHT)
    expect(window.opensAt).toBe("2026-11-24T14:00:00.000Z")
    expect(blockers).toHaveLength(1)
    expect(blockers[0]?.message).toMatch(/opens in 11 h, on Tue,? 24 Nov,? .*09:00 \(America\/New_York\)/)
  })

  it("an approved override lifts the window and nothing else, until it expires", () => {
    const timeline = new Timeline()
    timeline.append(override("2026-11-24T04:00:00.000Z"))
    expect(codes(timeline, environment(), NIGHT)).not.toContain("window_closed")
    expect(codes(timeline, environment(), NIGHT)).toHaveLength(5)
    timeline.ready()
    expect(gate(timeline.state, environment(), NIGHT)).toMatchObject({ go: true, overridden: true })
    expect(gate(timeline.state, environment(), now)).toMatchObject({ go: true, overridden: false })
    expect(codes(timeline, environment(), Date.parse("2026-11-24T04:00:00.000Z"))).toEqual(["window_closed"])
    expect(windowGate(timeline.state, environment(), NIGHT).letsIn).toBe(true)
  })

  it("a request alone lifts nothing", () => {
    const timeline = new Timeline().ready()
    timeline.append(override(null))
    expect(codes(timeline, environment(), NIGHT)).toEqual(["window_closed"])
  })

  it("names who holds the environment and why it is locked", () => {
    const env = environment({
      active: { releaseId: "other", releaseName: "POSTD 1.0.9", runId: "x", since: START },
      lock: { reason: "rolled back", byName: "Oz", at: START, releaseId: "older" },
    })
    const { blockers } = gate(new Timeline().ready().state, env, now)
    expect(blockers.map(({ code }) => code)).toEqual(["environment_locked", "environment_busy"])
    expect(blockers[0]?.message).toBe("Production was locked by Oz: rolled back")
    expect(blockers[1]?.message).toContain("POSTD 1.0.9 holds Production")
  })

  it("asked by the worker that begins the run, does not count the run itself", () => {
    const timeline = new Timeline().ready()
    timeline.append(queueRun("deploy", run("deploy"), dora).events)
    const env = environment({ active: { releaseId: "r", releaseName: "POSTD", runId: "deploy", since: START } })
    expect(codes(timeline, env)).toEqual(["release_state", "environment_busy production"])
    expect(gate(timeline.state, env, now, { forRun: "deploy" }).go).toBe(true)
    expect(gate(timeline.state, env, NIGHT, { forRun: "deploy" }).blockers.map(({ code }) => code)).toEqual([
      "window_closed",
    ])
    expect(gate(timeline.state, env, now, { forRun: "another" }).go).toBe(false)
  })

  it("an item that is locked behind an odd key is still found", () => {
    const timeline = new Timeline({ groups: [{ key: "g", title: "G", itemKeys: ["constructor"] }] }).ready()
    expect(codes(timeline)).toEqual([])
  })
})
