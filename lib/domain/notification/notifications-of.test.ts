import { describe, expect, test } from "vitest"
import type { AftermathFacts } from "@/lib/domain/consequence/aftermath-facts"
import { declareIncident } from "@/lib/domain/incident/declare-incident"
import { decideMaintenanceOff, decideMaintenanceOn } from "@/lib/domain/maintenance/decide-maintenance"
import type { Decision } from "@/lib/domain/release/decision"
import { person, Timeline, v1, worker } from "@/lib/domain/release/release.fixture"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { eventDataSchemas } from "@/lib/domain/timeline/event-types"
import { type Notification, notificationSchema } from "./notification"
import { notificationsOf, tellers, topicsOf } from "./notifications-of"

const tess = person("tess", "tech_lead")
const console_ = { type: "console", reason: "test" } as const

/** What is said of these events, each checked against what channels take. */
function said(timeline: Timeline, events: NewEvent[]): Notification[] {
  const before = timeline.state
  const from = timeline.events.length
  timeline.append(events)
  const context = { before, after: timeline.state, freezeNames: { winter: "Winter" } }
  return notificationsOf(timeline.events.slice(from), context).map((one) => notificationSchema.parse(one))
}
const eventsOf = (decision: Decision) => {
  if (!decision.ok) throw new Error(decision.refusal.message)
  return decision.events
}

test("every event type is told, or silent on purpose", () => {
  expect(Object.keys(tellers).sort()).toEqual(Object.keys(eventDataSchemas).sort())
  const silent = Object.entries(tellers).flatMap(([type, tell]) => ("silent" in tell ? [type] : []))
  expect(silent.sort()).toEqual(
    [
      ...["release.created", "release.closed", "environment.locked", "environment.unlocked", "report.saved"],
      ...["item_passed", "item_failed", "item_reopened", "item_waived", "item_not_applicable", "item_assigned"].map(
        (name) => `checklist.${name}`,
      ),
      ...["item_due_set", "comment_added", "evidence_added", "evidence_removed", "proof_requested"].map(
        (name) => `checklist.${name}`,
      ),
      ...["checklist.check_requested", "checklist.check_errored", "schedule.begun", "run.claimed"],
      ...["run.abort_requested", "step.started", "step.finished", "step.interrupted", "step.confirmed"],
      ...["step.skipped", "deployment.found_live", "verification.watch_started", "verification.extended"],
      ...["verification.ended_early", "trigger.baseline_recorded", "trigger.baseline_cleared", "trigger.armed"],
      ...["trigger.breached", "rollback.reverted", "rollback.watch_started", "flag.asked", "incident.level_held"],
      ...["incident.action_ticked", "incident.noted", "incident.event_pinned", "incident.event_unpinned"],
      ...["round.planned", "round.ended", "followup.done", "followup.reopened"],
    ].sort(),
  )
})

const to = [{ id: "sara", name: "Sara" }]
const plan = { resolution: "Roll back now", fixWithinMs: null, levels: [], repageMs: 900_000 }
const cause = { kind: "person", key: null, words: "Nothing loads" } as const
const at = "2026-11-24T16:00:00.000Z"

/** One event each, and what is said of it: topic, act, severity, words that must be in it. */
const table: [NewEvent["type"], NewEvent["data"], Partial<Notification>, RegExp][] = [
  [
    "schedule.set",
    { scheduleId: "s", startAt: at, preflightAt: at, maintenanceAt: at },
    { topic: "go_live", severity: "info" },
    /set the go-live/,
  ],
  [
    "schedule.cancelled",
    { scheduleId: "s", reason: "Not today" },
    { topic: "go_live", text: "Not today" },
    /cancelled/,
  ],
  ["schedule.reminded", { scheduleId: "s", mark: "1 hour" }, { topic: "go_live" }, /1 hour away/],
  [
    "schedule.held",
    { scheduleId: "s", blockers: ["No signature."] },
    { topic: "go_live", severity: "warning" },
    /gate says no/,
  ],
  ["schedule.expired", { scheduleId: "s", reason: "Too late" }, { topic: "go_live", severity: "critical" }, /expired/],
  [
    "signoff.reminded",
    { roles: ["security"], to },
    { topic: "signatures", people: to, path: expect.stringContaining("signoffs#security") },
    /awaited: Security/,
  ],
  [
    "signoff.declined",
    { role: "security", reason: "No" },
    { topic: "signatures", severity: "critical", text: "No" },
    /declined/,
  ],
  ["signoff.withdrawn", { role: "security", reason: "Oh" }, { topic: "signatures", severity: "warning" }, /withdrew/],
  ["signoff.reopened", { role: "security", reason: "Done" }, { topic: "signatures" }, /re-opened/],
  [
    "override.requested",
    { overrideId: "o", reason: "Urgent", freezeIds: ["winter"] },
    { topic: "override", text: "Urgent", facts: expect.arrayContaining([{ name: "Freezes", value: "Winter" }]) },
    /in a freeze/,
  ],
  ["override.withdrawn", { overrideId: "o", reason: "We wait" }, { topic: "override" }, /withdrew/],
  [
    "maintenance.turned_on",
    { message: "Soon", provider: "x" },
    { topic: "go_live", severity: "warning" },
    /Maintenance mode is on/,
  ],
  ["maintenance.overdue", { downtimeMs: 900_000 }, { topic: "go_live", severity: "critical" }, /15 min/],
  [
    "deployment.switched",
    { from: v1, to: { ...v1, version: "1.1.0" }, adopted: false },
    { topic: "go_live", severity: "good" },
    /1\.1\.0 is live/,
  ],
  [
    "verification.verdict_given",
    { runId: "r", verdict: "fail", reasons: ["Errors"] },
    { topic: "verification", severity: "critical", text: "Errors" },
    /fail/,
  ],
  ["verification.accepted", { runId: "r", reason: "Fine" }, { topic: "verification" }, /as it is/],
  [
    "rollback.asked",
    { triggerKey: null, reason: "Errors", to: v1, doesNotUndo: ["Migrations."] },
    { topic: "rollback", severity: "critical", facts: [{ name: "Does not undo", value: "Migrations." }] },
    /Roll back to 1\.0\.0\?/,
  ],
  [
    "rollback.countdown_started",
    { triggerKey: "errors", reason: "Errors", runId: "r", executesAt: at, to: v1, doesNotUndo: [] },
    { topic: "rollback", facts: [{ name: "Begins", value: at }] },
    /unless stopped/,
  ],
  ["rollback.countdown_stopped", { reason: "A spike" }, { topic: "rollback", text: "A spike" }, /stopped/],
  [
    "rollback.decided",
    { runId: "r", reason: "Errors", triggerKey: null, option: "promote_previous", to: v1, doesNotUndo: [] },
    { topic: "rollback" },
    /began the rollback/,
  ],
  [
    "rollback.verified",
    { runId: "r", stopwatchMs: 42_000 },
    { topic: "rollback", severity: "good" },
    /live again and verified/,
  ],
  [
    "rollback.failed",
    { runId: "r", reason: "It does not answer" },
    { topic: "rollback", severity: "critical" },
    /failed/,
  ],
  [
    "rollback.watched",
    { runId: "r", verdict: "pass", reasons: [] },
    { topic: "rollback", severity: "good" },
    /After the rollback/,
  ],
  [
    "flag.not_turned",
    { flagKey: "cart", runId: "r", problem: "403" },
    { topic: "rollback", severity: "critical" },
    /could not be turned/,
  ],
  [
    "threshold.breached",
    { level: "warning", key: "latency", title: "Latency", words: "900 ms" },
    { topic: "alert", severity: "warning", text: "900 ms" },
    /Latency: breached/,
  ],
  [
    "threshold.cleared",
    { level: "warning", key: "latency", title: "Latency", words: "90 ms" },
    { topic: "alert", severity: "good" },
    /fine again/,
  ],
  [
    "round.missed",
    { roundKey: "first-1", open: ["Support inbox"], words: "Nobody looked" },
    { topic: "round", severity: "critical" },
    /missed/,
  ],
  [
    "round.watch_handed_over",
    { to: to[0] ?? null, note: null },
    { topic: "round", people: to },
    /handed the watch to Sara/,
  ],
  [
    "followup.opened",
    { list: "after", followups: [{ key: "a", title: "Costs", detail: "", commands: [], proof: null, dueAt: at }] },
    { topic: "after", facts: [{ name: "Due", value: at }] },
    /Three days/,
  ],
  [
    "review.scheduled",
    { reviewId: "v", incidentId: null, title: "Look back", startAt: at, durationMs: 1, people: to, place: null },
    { topic: "after", people: to },
    /scheduled Look back/,
  ],
]

describe("what is said", () => {
  test.each(table)("%s", (type, data, expected, words) => {
    const [one, ...more] = said(new Timeline(), [{ type, actor: tess, data } as NewEvent])
    expect(more).toEqual([])
    expect(one).toMatchObject({ act: "tell", incidentId: null, ...expected, at: "2026-11-23T16:00:00.000Z" })
    expect(one?.subject).toBe(one?.release.id)
    expect(`${one?.title} ${one?.text}`).toMatch(words)
  })

  test("an incident: in the order of its life, for a pager under its id", () => {
    const timeline = new Timeline()
    const facts = { stages: [], plans: { critical: plan } } as unknown as AftermathFacts
    const declaration = { incidentId: "inc", title: "Checkout is down", severity: "critical", cause } as const
    const { events } = declareIncident(timeline.state, declaration, { facts, nowIso: timeline.now }, tess)
    const paged = (how: "page" | "notify"): NewEvent => {
      const data = { incidentId: "inc", level: 0, how, target: "on-call", people: to }
      return { type: "incident.paged", actor: console_, data }
    }
    const all = said(timeline, [
      ...events,
      paged("page"),
      paged("notify"),
      { type: "incident.acknowledged", actor: tess, data: { incidentId: "inc", note: null, repageAt: at } },
      ...(["internal", "customers"] as const).map((audience): NewEvent => {
        const more = { status: "identified", template: null, title: "We know", text: "A fix is near" } as const
        return {
          type: "incident.message_posted",
          actor: tess,
          data: { incidentId: "inc", messageId: "m", audience, ...more },
        }
      }),
      { type: "incident.resolved", actor: tess, data: { incidentId: "inc", how: "rolled_back", words: "Back" } },
      { type: "incident.reopened", actor: tess, data: { incidentId: "inc", reason: "Again", plan } },
    ])
    expect(all.map(({ topic, act }) => [topic, act])).toEqual([
      ["incident", "tell"],
      ["page", "trigger"],
      ["page", "tell"],
      ["incident", "acknowledge"],
      ["team_update", "tell"],
      ["customer_update", "tell"],
      ["incident", "resolve"],
      ["incident", "tell"],
    ])
    for (const one of all) expect(one).toMatchObject({ subject: "inc", incidentId: "inc" })
    expect(all[1]).toMatchObject({ people: to, severity: "critical", title: "Page: Checkout is down" })
    expect(all.map(topicsOf).map((topics) => topics.includes("page"))).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
      true,
      false,
    ])
  })

  test("the start, and an end that is no success; what the console does besides is not told", () => {
    const timeline = new Timeline()
    const queued = (runId: string, kind: "deploy" | "check"): NewEvent => {
      return { type: "run.queued", actor: tess, data: { runId, kind, itemKey: null, notBefore: null, steps: [] } }
    }
    const finished = (runId: string, status: "passed" | "failed"): NewEvent => {
      return { type: "run.finished", actor: worker(runId), data: { runId, status, outcome: "It broke" } }
    }
    const all = said(timeline, [
      queued("d", "deploy"),
      queued("c", "check"),
      finished("c", "failed"),
      finished("d", "failed"),
    ])
    expect(all.map(({ title }) => title)).toEqual(["Tess began the deployment", "The deployment failed"])
    expect(said(timeline, [queued("e", "deploy"), finished("e", "passed")])).toHaveLength(1)
  })

  test("signatures: the last one, and those who have to sign again by name", () => {
    const timeline = new Timeline()
    expect(said(timeline, [timeline.signed("tech_lead", "tom")])).toEqual([])
    expect(said(timeline, [timeline.signed("security", "sara")])).toMatchObject([{ title: "All signatures are there" }])
    const voided: NewEvent = {
      type: "signoff.voided",
      actor: tess,
      data: { role: "security", cause: "An item changed" },
    }
    expect(said(timeline, [voided])).toMatchObject([{ topic: "signatures", people: [{ id: "sara" }], text: "An item changed" }])
  })
})

describe("maintenance mode", () => {
  const threshold = { level: "critical", key: "errors", title: "Errors", words: "9 %" } as const
  const breached: NewEvent = { type: "threshold.breached", actor: console_, data: threshold }
  const cleared: NewEvent = { type: "threshold.cleared", actor: console_, data: threshold }
  const on = (timeline: Timeline) =>
    eventsOf(decideMaintenanceOn(timeline.state, { message: "Soon", provider: "x", nowIso: timeline.now }, worker()))
  const off = (timeline: Timeline) => eventsOf(decideMaintenanceOff(timeline.state, { provider: "x" }, worker()))
  const alerts = (all: Notification[]) => all.filter(({ topic }) => topic === "alert").map(({ title }) => title)

  test("mutes alerts that begin in it, and their end; what outlasts it is told then", () => {
    const timeline = new Timeline()
    said(timeline, on(timeline))
    timeline.wait(1_000)
    expect(alerts(said(timeline, [breached]))).toEqual([])
    expect(alerts(said(timeline, [cleared]))).toEqual([])
    timeline.wait(1_000)
    expect(alerts(said(timeline, [breached]))).toEqual([])
    timeline.wait(1_000)
    expect(alerts(said(timeline, off(timeline)))).toEqual(["Errors: still breached after maintenance"])
    timeline.wait(1_000)
    expect(alerts(said(timeline, [cleared]))).toEqual(["Errors: fine again"])
    expect(alerts(said(timeline, [breached]))).toEqual(["Errors: breached"])
  })

  test("an alert from before stays one: its end is told, and it is not told again afterwards", () => {
    const timeline = new Timeline()
    expect(alerts(said(timeline, [breached]))).toEqual(["Errors: breached"])
    timeline.wait(1_000)
    said(timeline, on(timeline))
    expect(alerts(said(timeline, off(timeline)))).toEqual([])
    said(timeline, on(timeline))
    expect(alerts(said(timeline, [cleared]))).toEqual(["Errors: fine again"])
  })
})

describe("rounds", () => {
  const item = (key: string, hasCheck: boolean) => ({
    key,
    title: `Look at ${key}`,
    metric: null,
    rule: null,
    hasCheck,
  })
  const bands = [
    {
      key: "first",
      title: "First hour",
      fromMs: 0,
      toMs: 3_600_000,
      everyMs: 300_000,
      items: [item("errors", true), item("inbox", false)],
    },
  ]
  const planned: NewEvent = { type: "round.planned", actor: console_, data: { startsAt: at, bands } }
  const opened = (n: number, results: { itemKey: string; ok: boolean | null; words: string }[]): NewEvent => {
    const data = { roundKey: `first-${n}`, bandKey: "first", n, dueAt: at, closesAt: at, results }
    return { type: "round.opened", actor: console_, data }
  }

  test("are told where a person has to look, to whoever is on watch", () => {
    const timeline = new Timeline()
    said(timeline, [planned, { type: "round.watch_handed_over", actor: tess, data: { to: to[0] ?? null, note: null } }])
    const fine = { itemKey: "errors", ok: true, words: "0 %" }
    expect(said(timeline, [opened(1, [fine])])).toMatchObject([
      { people: to, title: "Round 1 waits for a person", facts: [{ name: "To look at", value: "Look at inbox" }, {}] },
    ])
    expect(said(timeline, [opened(2, [fine, { itemKey: "inbox", ok: true, words: "Empty" }])])).toEqual([])
    expect(
      said(timeline, [
        opened(3, [
          { itemKey: "errors", ok: false, words: "9 %" },
          { itemKey: "inbox", ok: true, words: "" },
        ]),
      ]),
    ).toMatchObject([{ severity: "critical", text: "Look at errors: 9 %" }])
  })
})
