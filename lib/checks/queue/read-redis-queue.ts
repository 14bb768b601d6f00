import { type RedisConnection, redisTimeMs } from "../open-redis"
import type { QueueQuestion, QueueState } from "./queue-state"

/** Of each end of a long list; jobs are taken from one end and come in at the other. */
const LOOKED_AT = 1_000
/** Sent at once. */
const BATCH = 100

/** Reads the keys that BullMQ keeps for a queue. Its own client would write some of them by looking. */
export async function readRedisQueue(
  redis: RedisConnection,
  { queue, prefix, wantsOldest, wantsWorkers }: QueueQuestion,
): Promise<QueueState> {
  const { ask } = redis
  const key = (part: string) => `${prefix}:${queue}:${part}`
  const count = async (question: "LLEN" | "ZCARD", part: string) => Number(await ask(question, key(part)))
  const lengths = {
    waiting: await count("LLEN", "wait"),
    prioritized: await count("ZCARD", "prioritized"),
    // Older versions move the jobs of a paused queue into a list of their own.
    held: await count("LLEN", "paused"),
  }
  const counts = {
    waiting: lengths.waiting + lengths.prioritized + lengths.held,
    active: await count("LLEN", "active"),
    delayed: await count("ZCARD", "delayed"),
    failed: await count("ZCARD", "failed"),
    paused: 0,
  }
  const [pausedField] = (await ask("HMGET", key("meta"), "paused")) as (string | null)[]
  const isPaused = pausedField !== null
  if (isPaused) counts.paused = counts.waiting
  const exists = (await ask("EXISTS", key("meta"))) === 1 || Object.values(counts).some((jobs) => jobs > 0)
  const oldest = wantsOldest ? await readOldest(redis, key, lengths) : { ms: null, notes: [] }
  return {
    ...{ exists, isPaused, counts, oldestWaitingMs: oldest.ms, notes: oldest.notes },
    ...(wantsWorkers ? { workers: await countWorkers(redis, prefix, queue) } : {}),
  }
}

async function readOldest(
  redis: RedisConnection,
  key: (part: string) => string,
  lengths: Record<"waiting" | "prioritized" | "held", number>,
): Promise<{ ms: number | null; notes: string[] }> {
  const ids = new Set<string>()
  const read = async (question: "LRANGE" | "ZRANGE", part: string, length: number) => {
    const ends = length > 2 * LOOKED_AT ? [[0, LOOKED_AT - 1] as const, [-LOOKED_AT, -1] as const] : [[0, -1] as const]
    for (const [from, to] of ends) {
      for (const id of (await redis.ask(question, key(part), from, to)) as string[]) ids.add(id)
    }
  }
  await read("LRANGE", "wait", lengths.waiting)
  await read("LRANGE", "paused", lengths.held)
  await read("ZRANGE", "prioritized", lengths.prioritized)
  const nowMs = await redisTimeMs(redis)
  const all = [...ids]
  let oldestMs: number | null = null
  for (let at = 0; at < all.length; at += BATCH) {
    const jobs = await Promise.all(
      all.slice(at, at + BATCH).map((id) => redis.ask("HMGET", key(id), "timestamp", "opts", "processedOn")),
    )
    for (const job of jobs) {
      const sinceMs = readySince(job as (string | null)[])
      if (sinceMs !== null) oldestMs = Math.max(oldestMs ?? 0, nowMs - sinceMs)
    }
  }
  const total = lengths.waiting + lengths.prioritized + lengths.held
  const notes = all.length < total ? [`The age is that of the oldest among ${all.length} of ${total} waiting jobs`] : []
  return { ms: oldestMs, notes }
}

/** A job that was to run later, or again, waits from that moment on, not since it was added. */
function readySince([timestamp, opts, processedOn]: (string | null)[]): number | null {
  const addedMs = Number(timestamp ?? Number.NaN)
  if (!Number.isFinite(addedMs)) return null
  return Math.max(addedMs + delayOf(opts ?? "{}"), Number(processedOn ?? 0) || 0)
}

function delayOf(opts: string): number {
  try {
    const { delay } = JSON.parse(opts) as { delay?: unknown }
    return typeof delay === "number" && delay > 0 ? delay : 0
  } catch {
    return 0
  }
}

/** Workers name their connections after the queue. */
async function countWorkers({ ask }: RedisConnection, prefix: string, queue: string): Promise<QueueState["workers"]> {
  const name = `${prefix}:${Buffer.from(queue).toString("base64")}`
  try {
    const list = String(await ask("CLIENT", "LIST"))
    const names = list.split("\n").map((line) => /(?:^| )name=(\S*)/.exec(line)?.[1] ?? "")
    return names.filter((one) => one === name || one.startsWith(`${name}:w:`)).length
  } catch (error) {
    const words = error instanceof Error ? error.message : ""
    if (!/may not ask|unknown command|unknown subcommand|disabled/i.test(words)) throw error
    return { unknown: `It is not known which workers are connected: ${words}` }
  }
}
