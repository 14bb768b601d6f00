import { randomBytes, randomUUID } from "node:crypto"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { decideDeclare } from "@/lib/domain/incident/decide-declare"
import type { NewTimer } from "@/lib/domain/release/decision"
import { preview } from "@/lib/domain/release/preview"
import type { NewEvent } from "@/lib/domain/timeline/event"
import type { Playbook } from "@/lib/playbook/schema"
import { aftermathFacts } from "@/lib/server/aftermath/aftermath-facts"
import { commitNewRelease } from "@/lib/server/commit/create-release"
import { withRelease } from "@/lib/server/commit/with-release"
import { closeDatabase, prisma } from "@/lib/server/db"
import { env, forgetEnv } from "@/lib/server/env"
import { releaseCreated } from "@/lib/server/releases/release-created"
import { cloneDatabase, startDatabaseServer } from "@/lib/testing/database/database-server"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { incidentWorld } from "@/lib/testing/world/incident-world"
import { startWorker } from "@/lib/testing/world/start-worker"
import { percentiles } from "./percentiles"

const PER_RELEASE = 4
const MINUTE_MS = 60_000
const WORKERS = 2
const LIMIT_MS = 8 * MINUTE_MS

/**
 * So many incidents whose next level is due within the same minute, four a release, on a database of its own; two workers
 * fire them. How late they were (from when a level was due to when it was served, milliseconds), and whether each was
 * served once.
 */
export async function measureEscalation(directory: string, incidents: number) {
  await mkdir(join(directory, "data"), { recursive: true })
  const server = await startDatabaseServer(join(directory, "database"))
  const before = { ...process.env }
  try {
    const secret = () => randomBytes(32).toString("base64")
    Object.assign(process.env, {
      ...{ DATABASE_URL: await cloneDatabase(server.adminUrl, "bench_escalation"), LOG_LEVEL: "silent" },
      ...{ GOLIVE_SECRET_KEY: secret(), NEXTAUTH_SECRET: secret(), GOLIVE_DATA_DIR: join(directory, "data") },
    })
    delete process.env.REDIS_URL
    forgetEnv()
    const world = await consoleWorld({ playbook: small })
    await incidentWorld(() => world).onCall("on-call", "ops")
    const began = performance.now()
    const releases = Math.ceil(incidents / PER_RELEASE)
    const firstAt = Date.now()
    for (let n = 0; n < releases; n++) {
      // However long it takes to write them: they begin spread over one minute of the console's time.
      setClock(firstAt + (n / releases) * MINUTE_MS - Date.now())
      await declareAll(world, n, Math.min(PER_RELEASE, incidents - n * PER_RELEASE))
    }
    const writeMs = Math.round(performance.now() - began)
    // The first level comes due when the workers have started, as they would be running already.
    const leadMs = 5_000 + 1.5 * (await startingMs(directory))
    setClock(firstAt + 10 * MINUTE_MS - Date.now() - leadMs)
    return { incidents, releases, workers: WORKERS, writeMs, ...(await fireAll(directory, incidents)) }
  } finally {
    await closeConsole()
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
    forgetEnv()
    await server.stop()
  }
}

async function startingMs(directory: string): Promise<number> {
  setClock(0)
  const began = performance.now()
  const workers = await Promise.all(Array.from({ length: WORKERS }, () => startWorker({ directory })))
  const tookMs = performance.now() - began
  await Promise.all(workers.map((worker) => worker.stop()))
  return tookMs
}

async function fireAll(directory: string, incidents: number) {
  const options = {
    directory,
    env: { GOLIVE_CLOCK_OFFSET_MS: String(env().GOLIVE_CLOCK_OFFSET_MS), LOG_LEVEL: "info" },
  }
  const workers = await Promise.all(Array.from({ length: WORKERS }, () => startWorker(options)))
  try {
    const deadline = Date.now() + LIMIT_MS
    const where = { kind: "incident_level", firedAt: null }
    while ((await prisma.timer.count({ where })) > 0) {
      if (Date.now() > deadline) throw new Error(`${await prisma.timer.count({ where })} levels were not served`)
      await delay(1_000)
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
  }
  const timers = await prisma.timer.findMany({
    where: { kind: "incident_level" },
    select: { dueAt: true, firedAt: true },
  })
  const firedAt = timers.map((timer) => timer.firedAt?.getTime() ?? Number.NaN)
  const pages = await prisma.event.findMany({ where: { type: "incident.paged" }, select: { data: true } })
  const paged = new Set(pages.map(({ data }) => (data as { incidentId: string }).incidentId))
  const seconds = (Math.max(...firedAt) - Math.min(...firedAt)) / 1_000
  await closeDatabase()
  return {
    latenessMs: percentiles(timers.map((timer, n) => (firedAt[n] ?? Number.NaN) - timer.dueAt.getTime())),
    firedPerSecond: Math.round(timers.length / seconds),
    eachOnce: pages.length === incidents && paged.size === incidents,
  }
}

/** Little else is in the state, and one level has a clock: what is measured is the escalation. */
function small(playbook: Playbook): Playbook {
  const [group] = playbook.checklist.groups
  const steps = [{ title: "Page on-call engineer", after: "10m", page: "on-call" }]
  return {
    ...playbook,
    checklist: { groups: group ? [{ ...group, items: group.items.slice(0, 1) }] : [] },
    incident: { ...playbook.incident, escalation: [{ severity: "critical", condition: "It is down", steps }] },
  }
}

async function declareAll({ playbook, service, environment, ctx }: ConsoleWorld, n: number, count: number) {
  const version = await prisma.playbookVersion.findFirstOrThrow()
  const { id, name } = ctx("ops").person ?? { id: "", name: "" }
  const actor = { type: "person", id, name, role: "ops" } as const
  const releaseId = randomUUID()
  const playbookRef = { versionId: version.id, number: version.number, hash: version.hash, name: playbook.name }
  const data = releaseCreated({
    ...{ playbook, playbookRef, name: `Bench ${n}`, version: `1.0.${n}`, ref: "main", commit: "0".repeat(40) },
    ...{ service: { ...service, name: "POSTD" }, environment: { ...environment, name: "Production" } },
    ...{ createdBy: { id, name }, timeScale: 1 },
  })
  await commitNewRelease(releaseId, { type: "release.created", actor, data })
  await withRelease(releaseId, ({ state, now }) => {
    const context = { facts: aftermathFacts(playbook), nowIso: now.toISOString() }
    const events: NewEvent[] = []
    const timers: NewTimer[] = []
    for (let each = 0; each < count; each++) {
      const declaration = { incidentId: randomUUID(), title: `${each}`, severity: "critical", words: "Down" } as const
      const decision = decideDeclare(preview(state, events, context.nowIso), declaration, context, actor)
      if (!decision.ok) throw new Error(decision.refusal.message)
      events.push(...decision.events)
      timers.push(...(decision.timers ?? []))
    }
    return { ok: true, events, timers }
  })
}

function setClock(offsetMs: number): void {
  process.env.GOLIVE_CLOCK_OFFSET_MS = String(Math.round(offsetMs))
  forgetEnv()
}
