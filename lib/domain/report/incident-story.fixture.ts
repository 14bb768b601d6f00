import type { Incident } from "@/lib/domain/incident/incident-state"
import { person, run, step, Timeline, v1, v2, worker } from "@/lib/domain/release/release.fixture"
import { queueRun } from "@/lib/domain/run/queue-run"
import type { NewEvent } from "@/lib/domain/timeline/event"

const MINUTE_MS = 60_000
const console_ = { type: "console", reason: "a breach" } as const
export const INCIDENT = "0c8a4b52-0000-4000-8000-000000000001"

const level = (n: number, afterMs: number, more: object = {}) => ({
  ...{ n, title: `Level ${n + 1}`, afterMs, page: "on-call", notify: null, action: null },
  ...more,
})

export const plan = {
  resolution: "Roll back now",
  fixWithinMs: 30 * MINUTE_MS,
  levels: [
    level(0, 0),
    level(1, 5 * MINUTE_MS, { page: "backend-lead" }),
    level(2, 10 * MINUTE_MS, { page: null, action: "rollback" }),
  ],
  repageMs: 15 * MINUTE_MS,
}
const stages = [
  {
    key: "detection",
    title: "Detection",
    within: "5 min",
    deadlineMs: 5 * MINUTE_MS,
    actions: ["Look at the dashboard", "Say who leads"],
  },
]

/** Words of people and machines in it; a test puts others in their place. */
export interface Words {
  title: string
  cause: string
  note: string
  message: string
  resolution: string
  action: string
  person: string
}
export const words: Words = {
  title: "Errors",
  cause: "The error rate was 12 % for 5 minutes, more than 5 %",
  note: "Posting fails for everybody",
  message: "We see errors.\nWe are going back.",
  resolution: "The old version answers again",
  action: "Test the pool under load",
  person: "Olga",
}

/** Live, breached 20 minutes later, acknowledged, rolled back, resolved; with much noise around it. */
export function incidentStory(change: Partial<Words> = {}): { timeline: Timeline; incident: Incident } {
  const said = { ...words, ...change }
  const ops = { ...person("olga", "ops"), name: said.person } as NewEvent["actor"]
  const t = new Timeline().live()
  const tell = (afterMs: number, ...events: NewEvent[]) => t.wait(afterMs).append(events)
  const of = { incidentId: INCIDENT }
  tell(10 * MINUTE_MS, {
    type: "checklist.comment_added",
    actor: ops,
    data: { itemKey: "manual", commentId: "c", text: "noise of the checklist" },
  })
  tell(
    10 * MINUTE_MS,
    {
      type: "trigger.breached",
      actor: worker("verify"),
      data: { triggerKey: "errors", words: said.cause, runId: "verify" },
    },
    {
      type: "incident.declared",
      actor: console_,
      data: {
        ...of,
        number: 1,
        title: said.title,
        severity: "critical",
        cause: { kind: "trigger", key: "errors", words: said.cause },
        stages,
        plan,
      },
    },
    {
      type: "incident.paged",
      actor: console_,
      data: { ...of, level: 0, how: "page", target: "on-call", people: [{ id: "olga", name: said.person }] },
    },
  )
  tell(2 * MINUTE_MS, {
    type: "incident.acknowledged",
    actor: ops,
    data: { ...of, note: null, repageAt: "2026-11-23T16:37:00.000Z" },
  })
  tell(
    MINUTE_MS,
    {
      type: "incident.role_given",
      actor: ops,
      data: { ...of, role: "commander", person: { id: "olga", name: said.person }, note: null },
    },
    { type: "incident.action_ticked", actor: ops, data: { ...of, stageKey: "detection", action: 0, done: true } },
    { type: "incident.noted", actor: ops, data: { ...of, noteId: "n", text: said.note } },
    {
      type: "incident.message_posted",
      actor: ops,
      data: {
        ...of,
        messageId: "m",
        audience: "customers",
        status: "investigating",
        template: null,
        title: "Errors when posting",
        text: said.message,
      },
    },
    { type: "incident.event_pinned", actor: ops, data: { ...of, seq: 1, words: "Made in a hurry" } },
  )
  const rollback = {
    runId: "back",
    reason: "Trigger Errors",
    triggerKey: "errors",
    option: "promote_previous" as const,
    to: v1,
    doesNotUndo: ["Migration 0042 adds a column"],
  }
  tell(
    2 * MINUTE_MS,
    ...queueRun("rollback", run("back", [step("return", "rollback")]), ops).events,
    { type: "rollback.decided", actor: ops, data: rollback },
    { type: "maintenance.turned_on", actor: worker("back"), data: { message: "Back soon", provider: "http-toggle" } },
    { type: "run.claimed", actor: worker("back"), data: { runId: "back", fence: 1, workerId: "worker-1" } },
    { type: "step.started", actor: worker("back"), data: { runId: "back", stepKey: "return", attempt: 1 } },
  )
  tell(
    90_000,
    {
      type: "step.finished",
      actor: worker("back"),
      data: {
        runId: "back",
        stepKey: "return",
        attempt: 1,
        status: "passed",
        summary: "1.0.0 answers",
        evidenceId: null,
        adopted: false,
      },
    },
    { type: "deployment.switched", actor: worker("back"), data: { from: v2, to: v1, adopted: false } },
    { type: "maintenance.turned_off", actor: worker("back"), data: { provider: "http-toggle" } },
    { type: "rollback.verified", actor: worker("back"), data: { runId: "back", stopwatchMs: 90_000 } },
    {
      type: "run.finished",
      actor: worker("back"),
      data: { runId: "back", status: "passed", outcome: "1.0.0 is live." },
    },
    { type: "environment.locked", actor: worker("back"), data: { reason: "Rolled back" } },
  )
  tell(3 * MINUTE_MS, {
    type: "incident.resolved",
    actor: ops,
    data: { ...of, how: "rolled_back", words: said.resolution },
  })
  tell(MINUTE_MS, {
    type: "followup.opened",
    actor: ops,
    data: {
      list: "post_incident",
      followups: [
        {
          key: "action-1",
          title: said.action,
          detail: "",
          commands: [],
          proof: null,
          dueAt: "2026-12-01T15:00:00.000Z",
          assignee: { id: "olga", name: said.person },
          subject: INCIDENT,
        },
      ],
    },
  })
  const incident = t.state.incidents[INCIDENT]
  if (!incident) throw new Error("the story has no incident")
  return { timeline: t, incident }
}
