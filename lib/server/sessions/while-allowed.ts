import { mayPerform } from "@/lib/domain/access/policy"
import { type Context, type Person, rolesFor } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { subscribe } from "@/lib/server/events/doorbell"
import { log } from "@/lib/server/log"
import { loadPerson } from "@/lib/server/people/load-person"
import { liveSession } from "./live-session"

/** In case a ring was lost, and for sessions that run out while one watches. */
const LOOK_AGAIN_MS = 30_000

/** The signal of an open stream: fires with `outer`, and as soon as its watcher may no longer see releases of the service. */
export function whileAllowed(ctx: Context, serviceId: string, outer: AbortSignal): AbortSignal {
  return whilePerson(ctx, (person) => mayPerform(rolesFor(person, serviceId), "release.read"), outer)
}

/**
 * Fires with `outer`, and as soon as the watcher is disabled, signed out, their token revoked, or `may` says no of what the
 * database has of them by now. Rung by `person:<id>`.
 */
export function whilePerson(ctx: Context, may: (person: Person) => boolean, outer: AbortSignal): AbortSignal {
  const { person } = ctx
  const abort = new AbortController()
  if (!person || outer.aborted) {
    abort.abort()
    return abort.signal
  }
  const look = () => {
    mayStillWatch(ctx, person.id, may).then(
      (still) => still || end(),
      (error) => log.warn({ err: error }, "whether a watcher may still watch could not be read"),
    )
  }
  const leave = subscribe(`person:${person.id}`, look)
  const timer = setInterval(look, LOOK_AGAIN_MS)
  timer.unref()
  const end = () => {
    clearInterval(timer)
    leave()
    outer.removeEventListener("abort", end)
    abort.abort()
  }
  outer.addEventListener("abort", end, { once: true })
  // What happened between the authorisation and the subscription rang for nobody.
  look()
  return abort.signal
}

async function mayStillWatch(ctx: Context, personId: string, may: (person: Person) => boolean): Promise<boolean> {
  const [person, isLive] = await Promise.all([loadPerson(personId), isStillLive(ctx)])
  return isLive && person !== null && !person.disabled && may(person)
}

async function isStillLive({ tokenId, sessionId }: Context): Promise<boolean> {
  if (tokenId) {
    const token = await prisma.apiToken.findUnique({ where: { id: tokenId } })
    return token !== null && !token.revokedAt && (!token.expiresAt || token.expiresAt > (await databaseNow()))
  }
  return sessionId ? (await liveSession(sessionId, { seen: false })) !== null : true
}
