import type { AftermathFacts } from "@/lib/domain/consequence/aftermath-facts"
import type { Decision } from "@/lib/domain/release/decision"
import { environment, run, Timeline } from "@/lib/domain/release/release.fixture"
import type { Actor, PersonRef } from "@/lib/domain/timeline/actor"
import { decideDeclare } from "./decide-declare"
import { decideLevelDue } from "./decide-level-due"
import { decideRepageDue, highestPaged } from "./decide-repage-due"
import type { Incident, IncidentPlan, LevelPlan, Severity } from "./incident-state"
import type { Standing } from "./standing"

export const MINUTE_MS = 60_000
export const clock: Actor = { type: "console", reason: "the escalation of an incident" }

const level = (n: number, title: string, minutes: number | null, more: Partial<LevelPlan> = {}): LevelPlan => ({
  ...{ n, title, afterMs: minutes === null ? null : minutes * MINUTE_MS, page: null, notify: null, action: null },
  ...more,
})

const plan = (levels: LevelPlan[], more: Partial<IncidentPlan> = {}): IncidentPlan => ({
  ...{ resolution: "By the rule", fixWithinMs: null, repageMs: 15 * MINUTE_MS, levels },
  ...more,
})

export const facts: AftermathFacts = {
  stages: [{ key: "detect", title: "Detect", within: "5 min", deadlineMs: 300_000, actions: ["Look", "Say so"] }],
  plans: {
    critical: plan([
      level(0, "Page on-call", 0, { page: "on-call" }),
      level(1, "Page backend lead", 5, { page: "backend-lead" }),
      level(2, "Roll back", 10, { action: "rollback" }),
      level(3, "Page CTO", 15, { page: "cto" }),
    ]),
    high: plan([level(0, "Tell on-call", 0, { notify: "on-call" }), level(1, "Investigate", null)], {
      fixWithinMs: 30 * MINUTE_MS,
    }),
    medium: plan([level(0, "Document", null), level(1, "Tell the team", 0, { notify: "team" })]),
    low: plan([]),
  },
  bands: [],
  after: [],
}

const named = (id: string): PersonRef => ({ id, name: id[0]?.toUpperCase() + id.slice(1) })
export const everybody = new Map([
  ["on-call", [named("ann")]],
  ["backend-lead", [named("bob")]],
  ["cto", [named("cleo")]],
])

/** A live release with an incident, and its clocks as the console would serve them. */
export class IncidentStory extends Timeline {
  onCall: Standing["onCall"] = everybody
  readonly incidentId: string = "i"

  get incident(): Incident {
    const incident = this.state.incidents[this.incidentId]
    if (!incident) throw new Error("there is no incident")
    return incident
  }

  declared(
    severity: Severity = "critical",
    by: Actor = { type: "person", id: "dora", name: "Dora", role: "devops" },
  ): this {
    const declaration = { incidentId: this.incidentId, title: "It is down", severity, words: "Nothing answers." }
    this.tell(decideDeclare(this.state, declaration, this.context, by))
    return this
  }

  get context() {
    return { facts, nowIso: this.now }
  }

  standing(more: Partial<Standing> = {}): Standing {
    const rollback = { run: run(`back-${this.events.length}`), doesNotUndo: ["migrations"] }
    return { onCall: this.onCall, rollback, environment: environment(), nowIso: this.now, ...more }
  }

  levelDue(more: Partial<Standing> = {}): Decision {
    return decideLevelDue(this.state, { incidentId: this.incidentId, ...this.standing(more) }, clock)
  }

  repageDue(): Decision {
    const target = highestPaged(this.incident)?.page
    const onCall = target ? (this.onCall.get(target) ?? []) : []
    return decideRepageDue(this.state, { incidentId: this.incidentId, onCall, nowIso: this.now }, clock)
  }

  /** Each level with what became of it. */
  get turns(): string[] {
    return this.incident.levels.map(({ title, status }) => `${title}: ${status}`)
  }

  get paged(): string[] {
    return this.events.flatMap((event) =>
      event.type === "incident.paged" ? [`${event.data.how} ${event.data.people.map(({ id }) => id).join("+")}`] : [],
    )
  }
}
