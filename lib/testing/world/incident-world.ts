import { randomUUID } from "node:crypto"
import { rotationSchema } from "@/lib/domain/oncall/rotation"
import { queueRun } from "@/lib/domain/run/queue-run"
import type { Actor } from "@/lib/domain/timeline/actor"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import type { Playbook } from "@/lib/playbook/schema"
import { withRelease } from "@/lib/server/commit/with-release"
import { prisma } from "@/lib/server/db"
import { declareIncident } from "@/lib/server/incident/declare-incident"
import { readReleaseState } from "@/lib/server/runs/read-release-state"
import type { ConsoleWorld, PersonKey } from "./console-world"
import { expectDone } from "./releases"

/** A countdown so long that nothing goes back while a test looks at it. */
export const slowCountdown = (playbook: Playbook): Playbook => ({
  ...playbook,
  rollback: { ...playbook.rollback, countdown: "1h" },
})

/** Releases that are live and go wrong, and rotas with somebody on them. */
export function incidentWorld(world: () => ConsoleWorld) {
  const state = (id: string) => readReleaseState(id)
  const ofIncident = async (id: string, incidentId: string) => {
    const incident = (await state(id)).incidents[incidentId]
    if (!incident) throw new Error("there is no such incident")
    return incident
  }
  const events = async (id: string): Promise<AnyTimelineEvent[]> => {
    const rows = await prisma.event.findMany({ where: { releaseId: id }, orderBy: { seq: "asc" } })
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }) as unknown as AnyTimelineEvent)
  }
  return {
    state,
    incident: ofIncident,

    /** A release that took the place of 1.0.0, as its timeline would tell it. */
    async live(): Promise<string> {
      const id = await world().release()
      const runId = randomUUID()
      const actor: Actor = { type: "worker", id: "test", runId }
      const [v1, v2] = [version("1.0.0"), version("1.1.0")]
      const committed = await withRelease(id, () => ({
        ok: true,
        events: [
          ...queueRun("deploy", { runId, input: {}, steps: [] }, actor).events,
          { type: "run.claimed", actor, data: { runId, fence: 1, workerId: "test" } },
          { type: "deployment.found_live", actor, data: { previous: v1 } },
          { type: "deployment.switched", actor, data: { from: v1, to: v2, adopted: false } },
          { type: "run.finished", actor, data: { runId, status: "passed", outcome: "Live." } },
        ],
      }))
      if (!committed.ok) throw new Error(committed.refusal.message)
      return id
    },

    async declare(id: string, severity = "critical", title = "Nothing answers"): Promise<string> {
      const body = { title, severity, words: "Every request fails." }
      const incidentId = expectDone(await declareIncident(world().ctx("ops"), id, body)).result?.incidentId
      if (!incidentId) throw new Error("no incident was declared")
      return incidentId
    },

    /** A rota with one person on it, around the clock. */
    async onCall(key: string, person: PersonKey): Promise<void> {
      const layer = {
        people: [world().ctx(person).person?.id ?? ""],
        ...{ start: "2026-01-05T09:00", shift: { every: 1, unit: "weeks" }, hours: null },
      }
      const rotation = rotationSchema.parse({ zone: "UTC", layers: [layer] })
      await prisma.oncallRota.create({
        data: { id: randomUUID(), serviceId: world().service.id, key, name: key, rotation },
      })
    },

    events,

    /** Whom the console called or told, in order. */
    async paged(id: string): Promise<string[]> {
      return (await events(id)).flatMap((event) =>
        event.type === "incident.paged"
          ? [`${event.data.how} ${event.data.target}: ${event.data.people.map(({ name }) => name).join(", ")}`]
          : [],
      )
    },

    turns: async (id: string, incidentId: string) =>
      (await ofIncident(id, incidentId)).levels.map(({ status }) => status),
  }
}

const version = (name: string) => ({ deploymentId: `deployment-${name}`, version: name, commit: null })
