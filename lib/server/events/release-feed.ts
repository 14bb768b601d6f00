import type { LogLine, SampleLine } from "@/lib/contracts/stream"
import type { EnvironmentFacts } from "@/lib/domain/environment/facts"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { environmentFactsOf, readEnvironmentFacts } from "@/lib/server/commit/environment-facts"
import { prisma } from "@/lib/server/db"
import { log } from "@/lib/server/log"
import { readLogLines } from "@/lib/server/runs/read-logs"
import { readSampleLines } from "@/lib/server/runs/read-samples"
import { subscribe } from "./doorbell"
import { FeedLine } from "./feed-line"
import { listEvents } from "./list-events"

const POLL_MS = 5_000

/**
 * What is new about one release, read once for everybody in this process who watches it. Rung by the doorbell, and every
 * five seconds in case a ring was lost.
 */
export interface ReleaseFeed {
  events: FeedLine<number, AnyTimelineEvent>
  logs: FeedLine<bigint, LogLine>
  samples: FeedLine<bigint, SampleLine>
  environment: () => EnvironmentFacts | null
  /** Resolves when something came in after `version`, or the signal fired. */
  changed(version: number, signal: AbortSignal): Promise<void>
  version(): number
  leave(): void
}

interface Shared {
  feed: Omit<ReleaseFeed, "leave">
  watchers: number
  ready: Promise<void>
  end(): void
}

const kept = globalThis as typeof globalThis & { goliveFeeds?: Map<string, Shared> }

/** Joins the feed of a release; resolves once it follows the release, so that what is read afterwards has no gap to it. */
export async function joinReleaseFeed(releaseId: string): Promise<ReleaseFeed> {
  kept.goliveFeeds ??= new Map()
  const feeds = kept.goliveFeeds
  const shared = feeds.get(releaseId) ?? begin(releaseId)
  feeds.set(releaseId, shared)
  shared.watchers += 1
  let left = false
  const leave = () => {
    if (left) return
    left = true
    shared.watchers -= 1
    if (shared.watchers > 0) return
    shared.end()
    if (feeds.get(releaseId) === shared) feeds.delete(releaseId)
  }
  try {
    await shared.ready
  } catch (error) {
    leave()
    throw error
  }
  return { ...shared.feed, leave }
}

function begin(releaseId: string): Shared {
  const events = new FeedLine<number, AnyTimelineEvent>(
    (event) => event.seq,
    (after, limit) => listEvents(releaseId, { after, limit }),
  )
  const logs = new FeedLine<bigint, LogLine>(
    (line) => BigInt(line.id),
    (after, limit) => readLogLines({ releaseId }, { after, limit }),
  )
  const samples = new FeedLine<bigint, SampleLine>(
    (line) => BigInt(line.id),
    (after, limit) => readSampleLines({ releaseId }, { after, limit }),
  )
  let environment: EnvironmentFacts | null = null
  let environmentId = ""
  let version = 0
  let waiting = new Set<() => void>()
  let reading = false
  let again = false
  let ended = false
  const endings: (() => void)[] = []

  const wakeWatchers = () => {
    version += 1
    const woken = waiting
    waiting = new Set()
    for (const wake of woken) wake()
  }
  const readEnvironment = async () => {
    const facts = environmentFactsOf(await readEnvironmentFacts(prisma, environmentId))
    if (JSON.stringify(facts) === JSON.stringify(environment)) return false
    environment = facts
    return true
  }
  // Events go out before anything else is read: they are what people wait for.
  const readNews = async () => {
    if (await events.read()) wakeWatchers()
    const came = await Promise.all([logs.read(), samples.read(), readEnvironment()])
    if (came.includes(true)) wakeWatchers()
  }
  const onRing = () => {
    again = true
    if (reading || ended) return
    reading = true
    void (async () => {
      while (again && !ended) {
        again = false
        await readNews().catch((error) =>
          log.warn({ err: error, releaseId }, "the feed of a release could not be read"),
        )
      }
      reading = false
    })()
  }
  const start = async () => {
    const head = await prisma.release.findUniqueOrThrow({
      where: { id: releaseId },
      select: { lastSeq: true, environmentId: true },
    })
    environmentId = head.environmentId
    // Subscribed before anything is read: what is committed from here on rings.
    endings.push(subscribe(`release:${releaseId}`, onRing), subscribe(`environment:${environmentId}`, onRing))
    const timer = setInterval(onRing, POLL_MS)
    timer.unref()
    endings.push(() => clearInterval(timer))
    if (ended) return finish()
    const [lastLog, lastSample, facts] = await Promise.all([
      prisma.runLog.aggregate({ where: { releaseId }, _max: { id: true } }),
      prisma.metricSample.aggregate({ where: { releaseId }, _max: { id: true } }),
      readEnvironmentFacts(prisma, environmentId),
    ])
    events.startAfter(head.lastSeq)
    logs.startAfter(lastLog._max.id ?? 0n)
    samples.startAfter(lastSample._max.id ?? 0n)
    environment = environmentFactsOf(facts)
    onRing()
  }
  const finish = () => {
    ended = true
    for (const end of endings.splice(0)) end()
  }
  const changed = (seen: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (version > seen || signal.aborted) return resolve()
      const wake = () => {
        signal.removeEventListener("abort", wake)
        waiting.delete(wake)
        resolve()
      }
      waiting.add(wake)
      signal.addEventListener("abort", wake, { once: true })
    })
  return {
    feed: { events, logs, samples, environment: () => environment, changed, version: () => version },
    watchers: 0,
    ready: start(),
    end: finish,
  }
}
