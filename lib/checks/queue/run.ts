import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { errored, judged } from "../answer"
import { askReadOnly } from "../ask-postgres"
import { checkDurationMs, sayDuration, timeLimitMs } from "../duration"
import { openPostgres } from "../open-postgres"
import { openRedis, sayAge } from "../open-redis"
import type { CheckPorts, CheckResult, CheckRunner, Expectation } from "../ports"
import { isPostgresUrl, readPostgresUrl } from "../postgres-url"
import { readRedisUrl } from "../redis-url"
import { limitTime, type TimeLimit } from "../time-limit"
import { findServer, unmetResult } from "../unmet"
import { judgeCount, onlyLimit } from "../value-expectation"
import { COUNTED, definition, type QueueConfig, queueConfigSchema } from "./definition"
import type { QueueQuestion, QueueState } from "./queue-state"
import { readPostgresQueue } from "./read-postgres-queue"
import { readRedisQueue } from "./read-redis-queue"

/** Looks at a queue from outside, without BullMQ: its client would begin to be a part of the queue. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = queueConfigSchema.parse(rawConfig)
  const { timeoutMs: defaultMs, longestTimeoutMs } = definition.limits
  const timeoutMs = Math.min(ports.timeoutMs, timeLimitMs(config.timeout, defaultMs, longestTimeoutMs))
  if (config.queue.includes("\0")) throw new Error("The name of the queue holds a NUL")
  const limit = limitTime(ports, timeoutMs)
  const blocks: EvidenceBlock[] = []
  try {
    const state = await read(config, ports, limit, blocks)
    for (const note of state.notes) ports.log("info", `${note}\n`)
    return judge(config, state, blocks)
  } catch (error) {
    ports.log("err", `${error instanceof Error ? error.message : String(error)}\n`)
    return unmetResult(error, ports, limit, blocks)
  } finally {
    limit.end()
  }
}

async function read(
  config: QueueConfig,
  ports: CheckPorts,
  limit: TimeLimit,
  blocks: EvidenceBlock[],
): Promise<QueueState> {
  const question: QueueQuestion = {
    ...{ queue: config.queue, prefix: config.prefix ?? "bull", schema: config.schema ?? "bullmq" },
    ...{ wantsOldest: config.expect.oldestWaiting !== undefined, wantsWorkers: config.expect.workers !== undefined },
  }
  const found = async ({ host, port }: { host: string; port: number }, kept: string) => {
    const fact = (label: string, value: string) => ({ label, value, verdict: "neutral" as const })
    const facts = [fact("Queue", config.queue), fact("Kept in", kept), fact("Host", `${host}, port ${port}`)]
    blocks.push({ type: "facts", facts })
    const { address } = await findServer(host, ports)
    ports.log("info", `Connecting to ${host} (${address}), port ${port}\n`)
    return address
  }
  if (isPostgresUrl(config.connection)) {
    if (config.prefix !== undefined) throw new Error("`prefix` is for queues in Redis: PostgreSQL has `schema`")
    const place = readPostgresUrl(config.connection, config)
    const address = await found(place, "PostgreSQL")
    const connection = await openPostgres(place, address, limit)
    try {
      return await askReadOnly(connection, place, limit, (ask) => readPostgresQueue(ask, question))
    } finally {
      await connection.close()
    }
  }
  if (config.schema !== undefined) throw new Error("`schema` is for queues in PostgreSQL: Redis has `prefix`")
  const place = readRedisUrl(config.connection, config)
  const redis = await openRedis(place, await found(place, "Redis"), limit)
  try {
    return await readRedisQueue(redis, question)
  } finally {
    redis.close()
  }
}

function judge({ queue, expect }: QueueConfig, state: QueueState, blocks: EvidenceBlock[]): CheckResult {
  const expectations: Expectation[] = []
  const unknown: string[] = []
  if (expect.exists !== undefined) {
    const say = (is: boolean) => (is ? "exists" : "does not exist")
    const [expected, actual] = [say(expect.exists), say(state.exists)]
    expectations.push({ what: `Queue ${queue}`, expected, actual, ok: expected === actual })
  }
  for (const counted of COUNTED) {
    const limits = expect[counted]
    if (limits) expectations.push(...judgeCount(`Jobs ${counted}`, limits, state.counts[counted]))
  }
  if (expect.oldestWaiting !== undefined) expectations.push(judgeOldest(expect.oldestWaiting, state.oldestWaitingMs))
  if (typeof state.workers === "object") unknown.push(state.workers.unknown)
  else if (expect.workers) expectations.push(...judgeCount("Workers", expect.workers, state.workers ?? 0))
  const absent = `The queue ${queue} does not exist there: it holds no jobs`
  const notes = [
    ...(state.exists ? [] : [absent]),
    ...(state.isPaused ? [`The queue ${queue} is paused`] : []),
    ...state.notes,
  ]
  const all: EvidenceBlock[] = [
    ...countBlocks(expect, state, expectations),
    ...(notes.length > 0 ? [{ type: "text" as const, title: "To be known", text: notes.join("\n") }] : []),
    ...blocks,
  ]
  // What is known to be wrong counts for more than what is not known.
  if (unknown.length > 0 && expectations.every(({ ok }) => ok)) return errored(unknown.join("; "), all)
  return judged(expectations, all, { passed: state.exists ? `The queue ${queue} is as expected` : absent })
}

function judgeOldest(oldestWaiting: string, ageMs: number | null): Expectation {
  const limitMs = checkDurationMs(oldestWaiting)
  const actual = ageMs === null ? "no job waits" : sayAge(ageMs)
  const expected = `at most ${sayDuration(limitMs)}`
  return { what: "Oldest waiting job", expected, actual, ok: ageMs === null || ageMs <= limitMs, volatile: true }
}

function countBlocks(
  expect: QueueConfig["expect"],
  { counts, workers }: QueueState,
  expectations: Expectation[],
): EvidenceBlock[] {
  const verdict = (what: string) => {
    const about = expectations.filter((one) => one.what === what)
    return about.length === 0
      ? ("neutral" as const)
      : about.every(({ ok }) => ok)
        ? ("good" as const)
        : ("bad" as const)
  }
  const block = (label: string, what: string, value: number, limits = {}): EvidenceBlock => ({
    ...{ type: "metric", label, value, unit: "", ...onlyLimit(limits), verdict: verdict(what) },
  })
  return [
    ...COUNTED.map((counted) => block(`Jobs ${counted}`, `Jobs ${counted}`, counts[counted], expect[counted])),
    ...(typeof workers === "number" ? [block("Workers", "Workers", workers, expect.workers)] : []),
  ]
}
