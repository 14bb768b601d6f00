import { mayPerform } from "@/lib/domain/access/policy"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { databaseNow } from "@/lib/server/clock"
import { prisma } from "@/lib/server/db"
import { subscribe } from "@/lib/server/events/doorbell"
import { log } from "@/lib/server/log"
import { loadPerson } from "@/lib/server/people/load-person"
import { liveSession } from "./live-session"

/** In case a ring was lost, and for sessions that run out while one watches. */
const LOOK_AGAIN_MS = 30_000

/**
 * The signal of an open stream: fires with `outer`, and as soon as its watcher may no longer see releases of the service:
 * disabled, signed out, token revoked, role taken away. Rung by `person:<id>`.
 */
export function whileAllowed(ctx: Context, serviceId: string, outer: AbortSignal): AbortSignal {
  const { person } = ctx
  const abort = new AbortController()
  if (!person || outer.aborted) {
    abort.abort()
    return abort.signal
  }
  const look = () => {
    mayStillWatch(ctx, person.id, serviceId).then(
      (may) => may || end(),
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

async function mayStillWatch(ctx: Context, personId: string, serviceId: string): Promise<boolean> {
  const [person, isLive] = await Promise.all([loadPerson(personId), isStillLive(ctx)])
  return isLive && person !== null && !person.disabled && mayPerform(rolesFor(person, serviceId), "release.read")
}

async function isStillLive({ tokenId, sessionId }: Context): Promise<boolean> {
  if (tokenId) {
    const token = await prisma.apiToken.findUnique({ where: { id: tokenId } })
    return token !== null && !token.revokedAt && (!token.expiresAt || token.expiresAt > (await databaseNow()))
  }
  return sessionId ? (await liveSession(sessionId, { seen: false })) !== null : true
}
