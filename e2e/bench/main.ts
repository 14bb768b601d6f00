import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "@playwright/test"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { postgresDirectory } from "@/lib/server/embedded/data-directory"
import { findRunningPostgres } from "@/lib/server/embedded/find-running"
import { chromiumOptions } from "../fixtures/chromium"
import { startConsole } from "../fixtures/console"
import { contextFor } from "../fixtures/people"
import { startRedis } from "../fixtures/redis"
import { makeTeam } from "../fixtures/team"
import { measureAudit } from "./audit"
import { measureBareJobs } from "./bare-job"
import { environmentVariables } from "./environment-variables"
import { measureEscalation } from "./escalation"
import { observeTimeline, readObserved } from "./event-to-dom"
import { measureFalseRollbacks } from "./false-rollbacks"
import { percentiles } from "./percentiles"
import { measureProbePercentiles } from "./probe-percentiles"
import { measureProveAll } from "./prove-all"
import { measureRedisPubSub } from "./redis-pub-sub"
import { measureSocketFloor } from "./socket-floor"
import { measureSteps } from "./steps"

/** Timelines to verify, events. A million is right too, takes minutes to write, and says the same: set AUDIT_EVENTS. */
const AUDIT_LENGTHS = (process.env.AUDIT_EVENTS ?? "10000,100000").split(",").map(Number)

/** How many levels of incidents are due in the same minute: set BENCH_INCIDENTS. */
const INCIDENTS = Number(process.env.BENCH_INCIDENTS ?? "10000")

/** `npm run bench`: figures of one run on one machine, side by side, so that only their ratios are worth keeping. */
const directory = mkdtempSync(join(tmpdir(), "golive-bench-"))
// Passable, not readable: as root, PostgreSQL runs as a user of its own, in a folder further down.
chmodSync(directory, 0o711)
const redis = await startRedis(join(directory, "redis"))
const redisMs = percentiles(await measureRedisPubSub(redis.url, 500))

const report: Record<string, unknown> = { redisPubSubMs: redisMs }
const first = await startConsole({ dataDirectory: join(directory, "data") })
await first.stop()
const startedAt = performance.now()
const running = await startConsole({ dataDirectory: join(directory, "data") })
report.secondStartToReadyMs = Math.round(performance.now() - startedAt)

const browser = await chromium.launch(chromiumOptions())
const team = makeTeam(browser, running)
try {
  const devops = await team.as("devops")
  report.proveAll = await measureProveAll(await team.as("lead"), {
    version: "1.1.0",
    variables: { env: await environmentVariables(running) },
    directory,
  })
  for (const version of ["1.1.0", "1.2.0"]) {
    await team.settle()
    const id = await team.readyRelease(version)
    const context = await contextFor(browser, running.baseUrl, "ops", { viewport: { width: 1440, height: 1000 } })
    const page = await context.newPage()
    await page.goto(`/releases/${id}/timeline`)
    await page.getByTestId("release-status").waitFor()
    await observeTimeline(page)
    await devops.post(`/releases/${id}/deploy`)
    await devops.until(id, `${version} ends`, ({ release }) => ["watching", "rolled_back"].includes(release.status))
    await page.waitForTimeout(1_000)
    const { events } = (await (await devops.get(`/releases/${id}/events?limit=1000`)).json()) as {
      events: AnyTimelineEvent[]
    }
    const offsetMs = Date.parse((await devops.snapshot(id)).serverNow) - Date.now()
    const at = new Map(events.map((event) => [event.seq, Date.parse(event.at) - offsetMs]))
    const latencies = (await readObserved(page)).map((seen) => seen.atMs - (at.get(seen.seq) ?? Number.NaN))
    report[`eventToDomMs ${version}`] = percentiles(latencies.filter(Number.isFinite))
    report[`stepToStepMs ${version}`] = percentiles(stepGaps(events))
    if (version === "1.2.0") Object.assign(report, rollbackTimes(events))
    else await devops.post(`/releases/${id}/close`, {})
    await context.close()
  }
  await team.settle()
  report.bareJobMs = {
    redis: percentiles(await measureBareJobs({ redisUrl: redis.url }, 300)),
    postgres: percentiles(await measureBareJobs({ databaseUrl: await databaseOf(running) }, 300)),
  }
  report.socketFloorMbPerSecond = await measureSocketFloor(100)
  report.steps = {
    postgres: await measureSteps(running, team, browser).catch(whyNot),
    redis: await stepsOnRedis().catch(whyNot),
  }
  report.probeOverHey = await measureProbePercentiles().catch(whyNot)
  report.falseRollbacks = await measureFalseRollbacks().catch(whyNot)
  report.escalation = await measureEscalation(join(directory, "escalation"), INCIDENTS).catch(whyNot)
  report.auditVerify = await measureAudit(join(directory, "audit"), AUDIT_LENGTHS)
} finally {
  await team.end()
  await browser.close()
  await running.stop()
  await redis.stop()
  rmSync(directory, { recursive: true, force: true })
}
const dom = report["eventToDomMs 1.1.0"] as ReturnType<typeof percentiles>
report.eventToDomOverRedisP50 = Number((dom.p50 / redisMs.p50).toFixed(1))
console.log(JSON.stringify(report, null, 2))
if (process.env.BENCH_REPORT) writeFileSync(process.env.BENCH_REPORT, JSON.stringify(report, null, 2))

/** What could not be measured is said in its place, and the other figures stay. */
function whyNot(error: unknown): { notMeasured: string } {
  return { notMeasured: (error instanceof Error ? error.message : String(error)).slice(0, 500) }
}

/** The same steps on a console of its own whose queue is Redis. */
async function stepsOnRedis() {
  const other = await startConsole({ dataDirectory: join(directory, "redis-data"), redisUrl: redis.url })
  const others = makeTeam(browser, other)
  try {
    return await measureSteps(other, others, browser)
  } finally {
    await others.end()
    await other.stop()
  }
}

async function databaseOf({ dataDirectory }: { dataDirectory: string }): Promise<string> {
  const url = await findRunningPostgres((await postgresDirectory(dataDirectory)).directory, "golive")
  if (!url) throw new Error(`no console runs on ${dataDirectory}`)
  return url
}

/** From the end of a step to the start of the next one in line. */
function stepGaps(events: AnyTimelineEvent[]): number[] {
  const gaps: number[] = []
  for (const [index, event] of events.entries()) {
    const next = events[index + 1]
    if (event.type === "step.finished" && next?.type === "step.started") {
      gaps.push(Date.parse(next.at) - Date.parse(event.at))
    }
  }
  return gaps
}

/** From the first breach to the countdown, and from the decision to "previous version verified". */
function rollbackTimes(events: AnyTimelineEvent[]) {
  const time = (type: AnyTimelineEvent["type"]) => {
    const event = events.find((candidate) => candidate.type === type)
    return event ? Date.parse(event.at) : Number.NaN
  }
  return {
    breachToCountdownMs: time("rollback.countdown_started") - time("trigger.breached"),
    switchToBreachMs: time("trigger.breached") - time("deployment.switched"),
    decisionToVerifiedMs: time("rollback.verified") - time("rollback.decided"),
  }
}
