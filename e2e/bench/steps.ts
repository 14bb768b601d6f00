import type { Browser } from "@playwright/test"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { publishChange } from "../fixtures/change-playbook"
import type { RunningConsole } from "../fixtures/console"
import { contextFor } from "../fixtures/people"
import type { Team } from "../fixtures/team"
import { percentiles } from "./percentiles"

const IN_LINE = 60
const SIDE_BY_SIDE = 200
const LOG_LINES = 1_000_000
const LINE = "x".repeat(99)
const BIG = "writes-much"

/**
 * What the console adds to steps that do next to nothing, in line and side by side, and how a step that writes 100 MB gets
 * through to a browser that looks on. Milliseconds and megabytes of one run.
 */
export async function measureSteps(running: RunningConsole, team: Team, browser: Browser) {
  const port = Number(new URL(running.serviceUrl).port)
  const small = (key: string, parallel?: string) => ({
    ...{ key, title: key, commands: [], expect: "It answers", timeout: "1m", ...(parallel ? { parallel } : {}) },
    run: { type: "check", check: { kind: "tcp", config: { host: "127.0.0.1", port } } },
  })
  const script = `for(let n=0;n<${LOG_LINES};n+=1000)process.stdout.write("${LINE}\\n".repeat(1000));console.log("THE LAST LINE")`
  await publishChange(
    running,
    ["phases", 0, "steps"],
    [
      ...Array.from({ length: IN_LINE }, (_, n) => small(`line-${n}`)),
      ...Array.from({ length: SIDE_BY_SIDE }, (_, n) => small(`side-${n}`, "side")),
      {
        ...{ key: BIG, title: BIG, commands: [], expect: "It ends", timeout: "10m" },
        run: { type: "check", check: { kind: "command", config: { command: ["node", "-e", script] } } },
      },
    ],
  )
  const api = await team.as("devops")
  const id = await team.readyRelease("1.1.0")
  const context = await contextFor(browser, running.baseUrl, "ops", { viewport: { width: 1440, height: 1000 } })
  const page = await context.newPage()
  await page.goto(`/releases/${id}/deploy`)
  await api.post(`/releases/${id}/deploy`)
  // Opened by a person before it begins, it stays open.
  const row = page.getByTestId(`step-${BIG}`)
  await row.getByRole("button", { expanded: false }).first().click()
  await row.scrollIntoViewIfNeeded()
  await api.until(id, "the big step begins", ({ release }) => stepOf(release.runs)?.startedAt != null, 180_000)
  // From here on somebody looks at its output.
  await page.evaluate(() => {
    const seen = { longest: 0, over50: 0 }
    Object.assign(window, { seen })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        seen.longest = Math.max(seen.longest, duration)
        seen.over50 += 1
      }
    }).observe({ type: "longtask" })
  })
  const began = performance.now()
  const log = page.getByRole("region", { name: `Output of ${BIG}` })
  await log.getByText("THE LAST LINE").waitFor({ timeout: 300_000 })
  const lookedForMs = performance.now() - began
  const { seen } = (await page.evaluate("({ seen: window.seen })")) as { seen: { longest: number; over50: number } }
  await api.until(id, "it ended", ({ release }) => stepOf(release.runs)?.finishedAt != null, 120_000)
  await api.post(`/releases/${id}/abort`, { reason: "Measured" })
  const { events } = (await (await api.get(`/releases/${id}/events?limit=1000`)).json()) as {
    events: AnyTimelineEvent[]
  }
  // It may have come past the switch meanwhile: how it ends is not what is measured, only that it does.
  await api.until(id, "it has ended", ({ release }) => release.status !== "deploying", 120_000)
  await context.close()
  const big = ended(events, (key) => key === BIG)
  const bytes = LOG_LINES * (LINE.length + 1)
  const bigMs = (big[0]?.atMs ?? 0) - startedAt(events, BIG)
  return {
    inLine: percentiles(gaps(events)),
    sideBySide: spread(events),
    log: {
      megabytes: Math.round(bytes / 1e6),
      processToStoredMbPerSecond: Number((bytes / 1e6 / (bigMs / 1_000)).toFixed(1)),
      processToBrowserMbPerSecond: Number((bytes / 1e6 / (lookedForMs / 1_000)).toFixed(1)),
      browserLongestTaskMs: Math.round(seen.longest),
      browserTasksOver50Ms: seen.over50,
    },
  }
}

function stepOf(
  runs: Record<
    string,
    { kind: string; steps: { key: string; status: string; startedAt: string | null; finishedAt: string | null }[] }
  >,
) {
  const deploy = Object.values(runs).filter(({ kind }) => kind === "deploy")
  return deploy.at(-1)?.steps.find(({ key }) => key === BIG)
}

function ended(events: readonly AnyTimelineEvent[], is: (key: string) => boolean) {
  return events.flatMap((event) =>
    event.type === "step.finished" && is(event.data.stepKey)
      ? [{ key: event.data.stepKey, atMs: Date.parse(event.at) }]
      : [],
  )
}

function startedAt(events: readonly AnyTimelineEvent[], key: string): number {
  const found = events.find((event) => event.type === "step.started" && event.data.stepKey === key)
  return found ? Date.parse(found.at) : Number.NaN
}

/** From the start of one step in line to the start of the next: all of it is the console's, a connection takes no time. */
function gaps(events: readonly AnyTimelineEvent[]): number[] {
  const starts = Array.from({ length: IN_LINE }, (_, n) => startedAt(events, `line-${n}`))
  return starts.slice(1).map((at, n) => at - (starts[n] ?? Number.NaN))
}

function spread(events: readonly AnyTimelineEvent[]) {
  const ends = ended(events, (key) => key.startsWith("side-")).map(({ atMs }) => atMs)
  const first = Math.min(...Array.from({ length: SIDE_BY_SIDE }, (_, n) => startedAt(events, `side-${n}`)))
  const wallMs = Math.max(...ends) - first
  return { steps: ends.length, wallMs, perStepMs: Number((wallMs / ends.length).toFixed(1)) }
}
