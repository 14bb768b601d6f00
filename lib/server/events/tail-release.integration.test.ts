import { randomUUID } from "node:crypto"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { withRelease } from "@/lib/server/commit/with-release"
import { databasePool, prisma } from "@/lib/server/db"
import { forgetEnv } from "@/lib/server/env"
import { eventStream } from "@/lib/server/http-api/event-stream"
import { appendLog } from "@/lib/server/runs/append-log"
import { appendSamples } from "@/lib/server/runs/append-samples"
import { claimRun } from "@/lib/server/runs/claim-run"
import { closeConsole } from "@/lib/testing/world/close-console"
import { type ConsoleWorld, consoleWorld } from "@/lib/testing/world/console-world"
import { releaseFrameText } from "./release-frame-text"
import { type TailCursor, type TailFrame, tailRelease } from "./tail-release"

let world: ConsoleWorld
beforeAll(async () => {
  world = await consoleWorld()
})
afterAll(closeConsole)

const start: TailCursor = { after: 0, log: 0n, sample: 0n }
const actor = { type: "console", reason: "test" } as const

async function say(id: string, text: string): Promise<void> {
  const itemKey = world.playbook.checklist.groups[0]?.items[0]?.key ?? ""
  const data = { itemKey, commentId: randomUUID(), text }
  const said = await withRelease(id, () => ({ ok: true, events: [{ type: "checklist.comment_added", actor, data }] }))
  expect(said.ok).toBe(true)
}

/** Collects what a tail brings, as a watcher would. */
function watch(id: string, from: TailCursor = start) {
  const abort = new AbortController()
  const frames: TailFrame[] = []
  const ended = (async () => {
    for await (const frame of tailRelease(id, from, abort.signal)) frames.push(frame)
  })()
  return {
    frames,
    seqs: () => frames.flatMap((frame) => (frame.type === "event" ? [frame.event.seq] : [])),
    stop: async () => {
      abort.abort()
      await ended
    },
  }
}

describe.each(["postgres", "redis"] as const)("with %s as the doorbell", (bell) => {
  beforeEach(async () => {
    await closeConsole()
    if (bell === "redis") process.env.REDIS_URL = process.env.TEST_REDIS_URL
    else delete process.env.REDIS_URL
    forgetEnv()
  })
  afterEach(async () => {
    await closeConsole()
    delete process.env.REDIS_URL
  })

  test("every watcher sees every event once and in order, however they come", async () => {
    const id = await world.release()
    const watchers = Array.from({ length: 5 }, () => watch(id))
    await Promise.all(Array.from({ length: 30 }, (_, n) => say(id, `before ${n}`)))
    const late = watch(id, { ...start, after: 10 })
    await Promise.all(Array.from({ length: 30 }, (_, n) => say(id, `after ${n}`)))
    const all = Array.from({ length: 61 }, (_, index) => index + 1)
    for (const watcher of watchers) await expect.poll(() => watcher.seqs(), { timeout: 10_000 }).toEqual(all)
    await expect.poll(() => late.seqs(), { timeout: 10_000 }).toEqual(all.slice(10))
    await Promise.all([...watchers, late].map((watcher) => watcher.stop()))
  })

  test("an event is seen soon after its commit", async () => {
    const id = await world.release()
    const watcher = watch(id)
    await expect.poll(() => watcher.seqs()).toEqual([1])
    const began = performance.now()
    await say(id, "now")
    await expect.poll(() => watcher.seqs(), { interval: 5 }).toEqual([1, 2])
    expect(performance.now() - began).toBeLessThan(1_000)
    await watcher.stop()
  })

  test("logs and samples follow cursors of their own, without a gap under many writers", async () => {
    const id = await world.release()
    const runId = randomUUID()
    await prisma.run.create({ data: { id: runId, releaseId: id, kind: "check", input: {} } })
    const claim = await claimRun({ runId, workerId: "w" })
    const holder = { runId, fence: claim?.fence ?? 0 }
    const watcher = watch(id)
    const line = (n: number) => ({
      stepKey: "s",
      attempt: 1,
      stream: "out" as const,
      text: `${n} nul \u0000`,
      at: new Date(),
    })
    await Promise.all(Array.from({ length: 40 }, (_, n) => appendLog(holder, [line(n), line(n)])))
    const sample = { metric: "error_rate", atMs: Date.now(), status: "good" as const, value: Number.NaN, count: 3 }
    await appendSamples(holder, [sample, { ...sample, value: 0.5 }])
    const lines = () => watcher.frames.flatMap((frame) => (frame.type === "log" ? frame.lines : []))
    await expect.poll(() => lines().length, { timeout: 10_000 }).toBe(80)
    expect(new Set(lines().map((each) => each.id)).size).toBe(80)
    const samples = () => watcher.frames.flatMap((frame) => (frame.type === "sample" ? frame.samples : []))
    await expect.poll(() => samples().map((each) => each.value)).toEqual([null, 0.5])
    await watcher.stop()
    const last = lines().at(-1)?.id ?? "0"
    const resumed = watch(id, { after: 1, log: BigInt(last), sample: 0n })
    await expect.poll(() => resumed.frames.some((frame) => frame.type === "sample")).toBe(true)
    expect(resumed.frames.some((frame) => frame.type === "log" || frame.type === "event")).toBe(false)
    await resumed.stop()
  })
})

test("a doorbell whose connection was cut comes back, and nothing is missed", async () => {
  const id = await world.release()
  const watcher = watch(id)
  await expect.poll(() => watcher.seqs()).toEqual([1])
  await databasePool().query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'golive-doorbell' AND datname = current_database()",
  )
  await say(id, "while it is away")
  await expect.poll(() => watcher.seqs(), { timeout: 7_000 }).toEqual([1, 2])
  await watcher.stop()
})

test("the environment's lock is told to watchers of other releases", async () => {
  const [one, two] = [await world.release(), await world.release()]
  const watcher = watch(one)
  await expect.poll(() => watcher.frames.length).toBeGreaterThan(0)
  const locked = { type: "environment.locked", actor, data: { reason: "Rolled back" } } as const
  expect((await withRelease(two, () => ({ ok: true, events: [locked] }))).ok).toBe(true)
  const lock = () => {
    const last = watcher.frames.findLast((frame) => frame.type === "environment")
    return last?.type === "environment" ? last.environment.lock?.reason : null
  }
  await expect.poll(lock, { timeout: 7_000 }).toBe("Rolled back")
  await watcher.stop()
})

test("as server-sent events: ids are sequence numbers, and going away ends the tail", async () => {
  const id = await world.release()
  await say(id, "line\nbreak")
  const abort = new AbortController()
  let ended = false
  const tail = async function* (signal: AbortSignal) {
    try {
      yield* tailRelease(id, start, signal)
    } finally {
      ended = true
    }
  }
  const response = eventStream(tail, abort.signal, releaseFrameText)
  expect(response.headers.get("content-type")).toContain("text/event-stream")
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ""
  while (reader && !text.includes("event: environment")) text += (await reader.read()).value ?? ""
  expect([...text.matchAll(/^id: (\d+)$/gm)].map(([, seq]) => seq)).toEqual(["1", "2"])
  expect(text).toContain(String.raw`line\nbreak`)
  await reader?.cancel()
  await expect.poll(() => ended).toBe(true)
})
