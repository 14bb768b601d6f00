import type { IncomingMessage, ServerResponse } from "node:http"
import { afterEach, expect, test } from "vitest"
import { person, run, Timeline, v1, worker } from "@/lib/domain/release/release.fixture"
import { queueRun } from "@/lib/domain/run/queue-run"
import type { NewEvent } from "@/lib/domain/timeline/event"
import { startAnswering } from "@/lib/testing/conformance/start-answering"
import { readStream } from "./read-stream"
import { runCli } from "./run-cli.fixture"

const ID = "0b9f7f6e-9a51-4d6e-8f0e-0d7a8f0b1c2d"
const comment = (text: string): NewEvent => ({
  type: "checklist.comment_added",
  actor: person("dora", "devops"),
  data: { itemKey: "manual", commentId: text, text },
})
const verdict = (result: "pass" | "fail" | "inconclusive"): NewEvent => ({
  type: "verification.verdict_given",
  actor: worker("verify"),
  data: { runId: "verify", verdict: result, reasons: ["As measured."] },
})

let stop: (() => Promise<void>) | undefined
afterEach(() => stop?.())

type Serve = (res: ServerResponse, after: number, connection: number, frame: (seq: number) => string) => void

/** The console's two documents of a release, whose events were there before `known` and come by `serve`. */
async function consoleOf(timeline: Timeline, known: number, serve: Serve) {
  const asked: string[] = []
  const at = new Timeline()
  at.events.length = 0
  at.append(timeline.events.slice(0, known) as NewEvent[])
  const frame = (seq: number) => `id: ${seq}\ndata: ${JSON.stringify(timeline.events[seq - 1])}\n\n`
  const server = await startAnswering((req: IncomingMessage, res) => {
    const url = new URL(req.url ?? "", "http://x")
    if (url.pathname.endsWith("/stream")) {
      asked.push(`${url.searchParams.get("after")}/${req.headers["last-event-id"]}`)
      res.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" })
      res.write("retry: 1000\n: open\n\n")
      return serve(res, Number(url.searchParams.get("after")), asked.length, frame)
    }
    const snapshot = { release: at.state, environment: {}, gate: {}, cursors: { log: "0", sample: "0" } }
    res.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(snapshot))
  })
  stop = server.close
  return { url: server.url("").replace(/\/$/, ""), asked }
}

/** All that is there after the cursor, then silence. */
const all =
  (timeline: Timeline): Serve =>
  (res, after, _connection, frame) => {
    for (let seq = after + 1; seq <= timeline.events.length; seq += 1) res.write(frame(seq))
  }

test.each([
  ["pass", 0],
  ["fail", 1],
  ["inconclusive", 3],
] as const)("the verdict %s ends the watch with %i", async (result, expected) => {
  const timeline = new Timeline().live()
  const known = timeline.events.length
  timeline.append([verdict(result)])
  const { url } = await consoleOf(timeline, known, all(timeline))
  const { code, out } = await runCli(["release", "watch", ID], { url })
  expect(code).toBe(expected)
  expect(out).toMatch(new RegExp(`^16:00:00Z {2}The verdict is: ${result} — As measured.\n`))
  const inJson = await runCli(["release", "watch", ID, "--json"], { url })
  expect(inJson.code).toBe(expected)
  expect(
    inJson.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual(timeline.events.slice(known))
})

test("a rollback that counts down is waited for, whatever the verdict, and ends with 1", async () => {
  const timeline = new Timeline().live()
  const known = timeline.events.length
  const decided = { reason: "Errors.", triggerKey: "errors", to: v1, doesNotUndo: [] }
  timeline.append([
    {
      type: "rollback.countdown_started",
      actor: worker("verify"),
      data: { ...decided, runId: "back", executesAt: "2026-11-23T16:01:00.000Z" },
    },
    verdict("inconclusive"),
    ...queueRun("rollback", run("back"), worker("verify")).events,
    {
      type: "rollback.decided",
      actor: worker("back"),
      data: { ...decided, runId: "back", option: "promote_previous" },
    },
    { type: "rollback.verified", actor: worker("back"), data: { runId: "back", stopwatchMs: 4_000 } },
  ])
  const { url } = await consoleOf(timeline, known, all(timeline))
  const { code, out } = await runCli(["release", "watch", ID], { url })
  expect(code).toBe(1)
  expect(out).toContain(`Rolled back to ${v1.version}.`)
})

test("a deployment that failed before the switch ends it with 1, one that ended before at once", async () => {
  const timeline = new Timeline().ready()
  timeline.append(queueRun("deploy", run("deploy"), person("tom")).events)
  const known = timeline.events.length
  timeline.append([
    {
      type: "run.finished",
      actor: worker("deploy"),
      data: { runId: "deploy", status: "failed", outcome: "No build." },
    },
  ])
  const { url } = await consoleOf(timeline, known, all(timeline))
  const { code, out } = await runCli(["release", "watch", ID], { url })
  expect({ code, last: out.trim().split("\n").at(-1) }).toEqual({
    code: 1,
    last: "The deployment ended: failed. No build.",
  })
  await stop?.()
  const later = await consoleOf(timeline, timeline.events.length, all(timeline))
  expect((await runCli(["release", "watch", ID], { url: later.url })).code).toBe(1)
  expect(later.asked).toEqual([])
  const whole = await runCli(["release", "watch", ID, "--after", "0", "--json"], { url: later.url })
  expect(whole.out.trim().split("\n")).toHaveLength(timeline.events.length)
  expect(whole.code).toBe(1)
})

test("a stream that is reset, cut within a frame, refused and repeats itself is followed without gap or repeat", async () => {
  const timeline = new Timeline().live()
  const known = timeline.events.length
  for (let index = 0; index < 12; index += 1) timeline.append([comment(`c${index}`)])
  timeline.append([verdict("pass")])
  const last = timeline.events.length
  const { url, asked } = await consoleOf(timeline, known, (res, after, connection, frame) => {
    if (connection === 1) {
      for (let seq = after + 1; seq <= after + 3; seq += 1) res.write(frame(seq))
      const whole = frame(after + 4)
      res.write(whole.slice(0, whole.length / 2), () => res.socket?.destroy())
    } else if (connection === 2) {
      // An older server might begin too early; a frame may be broken.
      for (let seq = known + 1; seq <= known + 6; seq += 1) res.write(frame(seq))
      res.write(`id: ${known + 7}\ndata: {"seq":${known + 7},"ty\n\n`)
    } else if (connection === 3) {
      res.write(frame(after + 2))
    } else {
      for (let seq = after + 1; seq <= last; seq += 1) res.write(frame(seq))
    }
  })
  const { code, out } = await runCli(["release", "watch", ID, "--json"], { url })
  expect(code).toBe(0)
  const seqs = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).seq)
  expect(seqs).toEqual(Array.from({ length: last - known }, (_, index) => known + 1 + index))
  expect(asked).toEqual([known, known + 3, known + 6, known + 6].map((seq) => `${seq}/${seq}`))
}, 15_000)

test("a stream that falls silent is made anew", async () => {
  const timeline = new Timeline()
  timeline.append([comment("a"), comment("b")])
  const { url, asked } = await consoleOf(timeline, 1, (res, after, connection, frame) => {
    if (connection < 3) res.write(frame(after + 1))
  })
  const stopping = new AbortController()
  const api = {
    baseUrl: url,
    ask: () => Promise.reject(new Error("nothing else is asked")),
    openStream: (path: string, query: Record<string, string>, signal: AbortSignal) =>
      fetch(`${url}${path}?${new URLSearchParams(query)}`, { signal }),
  }
  const from = { seq: 1, log: "0", sample: "0" }
  const seen: number[] = []
  for await (const frame of readStream(api, ID, from, stopping.signal, { silenceMs: 300 })) {
    if (frame.type !== "event") continue
    seen.push(frame.event.seq)
    if (seen.length === 2) stopping.abort()
  }
  expect(seen).toEqual([2, 3])
  expect(asked.length).toBe(2)
})

test("time is up: 4; Ctrl-C: 130; refused: 6; the release is only ever read", async () => {
  const timeline = new Timeline().live()
  const { url } = await consoleOf(timeline, timeline.events.length, all(timeline))
  const late = await runCli(["release", "watch", ID, "--timeout", "300ms"], { url })
  expect(late.code).toBe(4)
  expect(late.err).toContain("the release goes on")
  const ctrlC = new AbortController()
  setTimeout(() => ctrlC.abort(), 300)
  const stopped = await runCli(["release", "watch", ID], { url, signal: ctrlC.signal })
  expect(stopped.code).toBe(130)
  expect(stopped.err).toContain("the release goes on")
  await stop?.()
  const gone = await startAnswering((req, res) => {
    const isStream = req.url?.includes("/stream")
    res.writeHead(isStream ? 403 : 200, { "content-type": "application/json" })
    const snapshot = { release: timeline.state, environment: {}, gate: {}, cursors: { log: "0", sample: "0" } }
    res.end(JSON.stringify(isStream ? { detail: "No.", status: 403 } : snapshot))
  })
  stop = gone.close
  expect((await runCli(["release", "watch", ID], { url: gone.url("").replace(/\/$/, "") })).code).toBe(6)
})

test("an event that this program does not know is said by its type, and the release is read anew", async () => {
  const timeline = new Timeline().live()
  const known = timeline.events.length
  timeline.append([comment("a"), verdict("pass")])
  const { url } = await consoleOf(timeline, known, (res, after, _connection, frame) => {
    if (after < known + 1) res.write(frame(known + 1).replace("checklist.comment_added", "moon.risen"))
    res.write(frame(known + 2))
  })
  const { out } = await runCli(["release", "watch", ID, "--timeout", "1s"], { url })
  expect(out).toContain("moon.risen")
  expect(out).toContain("The verdict is: pass")
})
