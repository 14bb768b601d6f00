import { prisma } from "@/lib/server/db"
import { subscribe } from "@/lib/server/events/doorbell"
import { log } from "@/lib/server/log"
import { Prisma } from "@/prisma/generated/client/client"
import { type NoticeRow, readNoticeRows } from "./notice-row"

const POLL_MS = 5_000
const PAGE = 500
/** Who is further behind reads the list anew. */
const KEPT = 1_000
/** Numbers are given out before they are committed: one that is smaller than what was read may still come. */
const LATE = 100

/** What comes in for anybody, read once for everybody in this process who watches. */
export interface NoticeFeed {
  /** How many have come since the feed began. */
  came(): number
  /** Those that came after so many; null where that is too long ago to know. */
  after(came: number): NoticeRow[] | null
  /** Resolves when more than so many have come, or the signal fired. */
  more(came: number, signal: AbortSignal): Promise<void>
  leave(): void
}

interface Shared {
  feed: Omit<NoticeFeed, "leave">
  watchers: number
  ready: Promise<void>
  end(): void
}

const kept = globalThis as typeof globalThis & { goliveNotices?: Shared | undefined }

/** Resolves once the feed follows: what is committed from then on comes. */
export async function joinNoticeFeed(): Promise<NoticeFeed> {
  kept.goliveNotices ??= begin()
  const shared = kept.goliveNotices
  shared.watchers += 1
  let left = false
  const leave = () => {
    if (left) return
    left = true
    shared.watchers -= 1
    if (shared.watchers > 0) return
    shared.end()
    if (kept.goliveNotices === shared) kept.goliveNotices = undefined
  }
  try {
    await shared.ready
  } catch (error) {
    leave()
    throw error
  }
  return { ...shared.feed, leave }
}

function begin(): Shared {
  const rows: NoticeRow[] = []
  let came = 0
  let head = 0n
  let known = new Set<bigint>()
  let waiting = new Set<() => void>()
  let started = false
  let reading = false
  let again = false
  let ended = false

  const read = async () => {
    for (;;) {
      const page = await readNoticeRows(Prisma.sql`n.seq > ${head - BigInt(LATE)}`, { order: "oldest", limit: PAGE })
      const fresh = page.filter(({ seq }) => !known.has(seq))
      rows.push(...fresh)
      rows.splice(0, rows.length - KEPT)
      came += fresh.length
      head = page.at(-1)?.seq ?? head
      known = new Set(page.map(({ seq }) => seq))
      if (fresh.length > 0) for (const wake of waiting) wake()
      if (page.length < PAGE) return
    }
  }
  const onRing = () => {
    again = true
    if (reading || ended || !started) return
    reading = true
    void (async () => {
      while (again && !ended) {
        again = false
        await read().catch((error) => log.warn({ err: error }, "notices could not be read"))
      }
      reading = false
    })()
  }
  const leave = subscribe("notices", onRing)
  const timer = setInterval(onRing, POLL_MS)
  timer.unref()
  const start = async () => {
    const { _max } = await prisma.notice.aggregate({ _max: { seq: true } })
    head = _max.seq ?? 0n
    const late = await readNoticeRows(Prisma.sql`n.seq > ${head - BigInt(LATE)}`, { order: "oldest", limit: PAGE })
    known = new Set(late.map(({ seq }) => seq))
    head = late.at(-1)?.seq ?? head
    started = true
    onRing()
  }
  const more = (seen: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (came > seen || signal.aborted) return resolve()
      const wake = () => {
        signal.removeEventListener("abort", wake)
        waiting.delete(wake)
        resolve()
      }
      waiting.add(wake)
      signal.addEventListener("abort", wake, { once: true })
    })
  return {
    feed: {
      came: () => came,
      after: (seen) => (came - seen > rows.length ? null : rows.slice(rows.length - (came - seen))),
      more,
    },
    watchers: 0,
    ready: start(),
    end() {
      ended = true
      clearInterval(timer)
      leave()
      waiting = new Set()
    },
  }
}
