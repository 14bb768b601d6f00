import type { Role, SignoffRole } from "@/lib/domain/access/roles"
import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { MetricRule } from "@/lib/domain/metric/rule"
import { type QueuedRun, queueRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import { type AnyTimelineEvent, type NewEvent, parseTimelineEvent } from "@/lib/domain/timeline/event"
import type { EventData } from "@/lib/domain/timeline/event-types"
import type { Decision, Refusal } from "./decision"
import { evolve, foldEvents } from "./evolve"
import type { ReleaseState } from "./state"

/** Monday, 11:00 in New York: inside the window. */
export const START = "2026-11-23T16:00:00.000Z"

export function person(id: string, role: Role | null = null): Actor {
  return { type: "person", id, name: `${id[0]?.toUpperCase()}${id.slice(1)}`, role }
}
export const worker = (runId = "run"): Actor => ({ type: "worker", id: "worker-1", runId })

export const v1 = { deploymentId: "d1", version: "1.0.0", commit: "aaa" }
export const v2 = { deploymentId: "d2", version: "1.1.0", commit: "bbb" }

export const errorRule: MetricRule = {
  metric: "error_rate",
  comparison: ">",
  limit: 0.05,
  unit: "ratio",
  forMs: 300_000,
  minSamples: 3,
  minRequests: 20,
  observeOnly: false,
}

const item = (key: string, more: Partial<EventData<"release.created">["items"][number]> = {}) => ({
  key,
  title: `Item ${key}`,
  detail: null,
  groupKey: "all",
  owner: "devops",
  evidenceWanted: "something",
  check: null,
  maxAgeMs: null,
  waivable: true,
  ...more,
})

const signoff = (role: SignoffRole) => ({
  role,
  title: `The ${role}`,
  meaning: "I, {name}, as {title}, approve {release} ({version}) for {environment}.",
  items: [
    { key: "one", title: "One" },
    { key: "two", title: "Two" },
  ],
})

export function createdData(more: Partial<EventData<"release.created">> = {}): EventData<"release.created"> {
  return {
    name: "POSTD 1.1.0",
    version: "1.1.0",
    ref: "v1.1.0",
    commit: "bbb",
    service: { id: "s", key: "postd", name: "POSTD" },
    environment: { id: "e", key: "production", name: "Production" },
    playbook: { versionId: "p", number: 1, hash: "f".repeat(64), name: "Go-Live" },
    createdBy: { id: "tess", name: "Tess" },
    window: { days: ["mon", "tue", "wed", "thu"], start: "09:00", end: "17:00", zone: "America/New_York" },
    policy: { distinctPeople: true, authorMaySign: false, starterMaySign: true },
    timeScale: 1,
    groups: [{ key: "all", title: "All", itemKeys: ["manual", "checked", "strict"] }],
    items: [
      item("manual"),
      item("checked", { check: { kind: "http" }, maxAgeMs: 86_400_000 }),
      item("strict", { waivable: false }),
    ],
    signoffs: [signoff("tech_lead"), signoff("security")],
    triggers: [
      { key: "errors", title: "Errors", mode: "auto", rule: errorRule },
      { key: "database", title: "Database", mode: "ask", rule: null },
    ],
    budgets: { downtimeMaxMs: 900_000, rollbackMs: 300_000, countdownMs: 30_000 },
    ...more,
  }
}

export const environment = (more: Partial<EnvironmentFacts> = {}): EnvironmentFacts => ({
  id: "e",
  key: "production",
  name: "Production",
  lock: null,
  active: null,
  windows: null,
  freezes: [],
  ...more,
})

export const step = (key: string, phase = "deploy"): QueuedRun["steps"][number] => ({
  key,
  title: `Step ${key}`,
  phase,
  phaseTitle: phase,
  parallel: null,
})

export const run = (runId: string, steps: QueuedRun["steps"] = []): QueuedRun => ({ runId, input: { runId }, steps })

/** A timeline that grows as decisions are told to it. Every event passes the schema, as between processes. */
export class Timeline {
  readonly events: AnyTimelineEvent[] = []
  state: ReleaseState
  nowMs = Date.parse(START)

  constructor(more: Partial<EventData<"release.created">> = {}) {
    this.state = undefined as unknown as ReleaseState
    this.append([{ type: "release.created", actor: person("tess", "tech_lead"), data: createdData(more) }])
  }

  get now(): string {
    return new Date(this.nowMs).toISOString()
  }

  wait(ms: number): this {
    this.nowMs += ms
    return this
  }

  append(events: readonly NewEvent[]): ReleaseState {
    for (const event of events) {
      const seq = this.events.length + 1
      const whole = { ...event, releaseId: "r", seq, id: `event-${seq}`, at: this.now, prevHash: "", hash: "" }
      const parsed = parseTimelineEvent(JSON.parse(JSON.stringify(whole)))
      this.state = evolve(this.events.length === 0 ? null : this.state, parsed)
      this.events.push(parsed)
    }
    return this.state
  }

  /** Carries a decision out; throws where it refuses. */
  tell(decision: Decision): NewEvent[] {
    if (!decision.ok) throw new Error(`refused: ${decision.refusal.code}: ${decision.refusal.message}`)
    this.append(decision.events)
    return decision.events
  }

  refold(): ReleaseState | null {
    return foldEvents(this.events)
  }

  /** All items and signatures are there. */
  ready(): this {
    const data = { evidence: null, note: "seen" }
    this.append(
      Object.keys(this.state.items).map((itemKey) => ({
        type: "checklist.item_passed",
        actor: person("dora", "devops"),
        data: { itemKey, ...data },
      })),
    )
    this.append([this.signed("tech_lead", "tom"), this.signed("security", "sara")])
    return this
  }

  signed(role: SignoffRole, id: string): NewEvent {
    const signer = { id, name: id }
    const seal = { manifestHash: "h", seal: "s", sealKeyId: "k", evidenceId: "ev" }
    return {
      type: "signoff.signed",
      actor: person(id, role),
      data: {
        role,
        signatureId: `sig-${role}`,
        signer,
        method: "password",
        meaning: "I",
        items: ["one", "two"],
        ...seal,
      },
    }
  }

  /** Ready, deployed and switched from v1 to v2; the verification is queued as `verify`. */
  live(): this {
    this.ready()
    this.append(queueRun("deploy", run("deploy", [step("check", "preflight"), step("switch")]), person("tom")).events)
    this.append([
      { type: "run.claimed", actor: worker("deploy"), data: { runId: "deploy", fence: 1, workerId: "worker-1" } },
      { type: "deployment.found_live", actor: worker("deploy"), data: { previous: v1 } },
      { type: "deployment.switched", actor: worker("deploy"), data: { from: v1, to: v2, adopted: false } },
      { type: "trigger.armed", actor: worker("deploy"), data: { triggerKeys: Object.keys(this.state.triggers) } },
      { type: "run.finished", actor: worker("deploy"), data: { runId: "deploy", status: "passed", outcome: "Live." } },
      ...queueRun("verify", run("verify"), worker("deploy")).events,
      { type: "run.claimed", actor: worker("verify"), data: { runId: "verify", fence: 1, workerId: "worker-1" } },
    ])
    return this
  }
}

export function refusalOf(decision: Decision): Refusal {
  if (decision.ok)
    throw new Error(`not refused: ${decision.events.map((event) => event.type).join(", ") || "no events"}`)
  return decision.refusal
}

export function typesOf(decision: Decision): string[] {
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.message}`)
  return decision.events.map((event) => event.type)
}
