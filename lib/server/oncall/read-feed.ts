import { writeCalendar } from "@/lib/domain/ical/write-calendar"
import type { Shift } from "@/lib/domain/oncall/rotation"
import { shiftsBetween } from "@/lib/domain/oncall/shifts-between"
import type { Context } from "@/lib/server/access/context"
import { takeAttempt } from "@/lib/server/access/take-attempt"
import { databaseNow } from "@/lib/server/clock"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { prisma } from "@/lib/server/db"
import { env } from "@/lib/server/env"
import { done, type Result, refused } from "@/lib/server/result"
import { loadPlan } from "./rota-row"
import { readPeople } from "./rota-view"

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
const BACK_MS = 4 * WEEK_MS
const SPAN_MS = 30 * WEEK_MS
/** Calendars ask a few times an hour, and a company's come from one address. */
const READS = { max: 300, windowMs: 15 * 60_000 }
const REFRESH_MINUTES = 60

export interface Feed {
  text: string
  /** The same as long as the text is the same. */
  tag: string
}

/**
 * A rota's shifts as iCalendar, for whoever knows the secret part of its address. It is the same text, to the byte, until
 * the rota, an override or a name changes or a week has passed.
 */
export async function readFeed(ctx: Context, token: string): Promise<Result<Feed>> {
  const { retryAfterMs } = await takeAttempt(`oncall-feed:${sha256Hex(ctx.address ?? "unknown")}`, READS)
  if (retryAfterMs > 0) {
    return refused("rate_limited", "Too many requests. Wait a little.", { detail: { retryAfterMs } })
  }
  const rota = /^[\w-]{43}$/.test(token)
    ? await prisma.oncallRota.findUnique({
        where: { feedHash: sha256Hex(token) },
        include: { service: { select: { name: true } } },
      })
    : null
  if (!rota) return refused("not_found", "There is no such calendar.")
  const fromMs = Math.floor((await databaseNow()).getTime() / WEEK_MS) * WEEK_MS - BACK_MS
  const toMs = fromMs + SPAN_MS
  const { rotation, overrides } = await loadPlan(prisma, rota, new Date(fromMs), new Date(toMs))
  const shifts = shiftsBetween(rotation, overrides, fromMs, toMs).filter(({ personId }) => personId !== null)
  const personOf = await readPeople(
    prisma,
    shifts.flatMap(({ personId }) => personId ?? []),
  )
  const { changedAt, changes } = await lastChange(rota)
  const text = writeCalendar({
    name: `${rota.name}, ${rota.service.name}`,
    nowIso: changedAt.toISOString(),
    refreshMinutes: REFRESH_MINUTES,
    events: shifts.map(({ startMs, endMs, personId, overrideId }: Shift) => {
      const person = personId === null ? null : personOf(personId)
      return {
        uid: `${rota.id}-${startMs}@golive`,
        sequence: changes,
        startIso: new Date(startMs).toISOString(),
        endIso: new Date(endMs).toISOString(),
        title: `${person?.name}${person?.disabled ? " (disabled: nobody is called)" : ""}: ${rota.name}`,
        text: `${overrideId ? "Taken over from the rotation. " : ""}${rota.name} of ${rota.service.name}, handed over by the clock of ${rotation.zone}.`,
        url: new URL("/oncall", env().NEXTAUTH_URL).href,
      }
    }),
  })
  return done({ text, tag: `"${sha256Hex(text)}"` })
}

/** When it was changed last, and how often: a number that only grows, for calendars that keep the newest. */
async function lastChange(rota: { id: string; revision: number; updatedAt: Date }) {
  const [made, cancelled] = await Promise.all([
    prisma.oncallOverride.aggregate({ where: { rotaId: rota.id }, _max: { createdAt: true }, _count: true }),
    prisma.oncallOverride.aggregate({
      where: { rotaId: rota.id, cancelledAt: { not: null } },
      _max: { cancelledAt: true },
      _count: true,
    }),
  ])
  const times = [rota.updatedAt, made._max.createdAt, cancelled._max.cancelledAt].flatMap(
    (time) => time?.getTime() ?? [],
  )
  return { changedAt: new Date(Math.max(...times)), changes: rota.revision + made._count + cancelled._count }
}
