import { handOverWatchRequest } from "@/lib/contracts/api/first-days"
import { mayPerform } from "@/lib/domain/access/policy"
import { type Decision, refuse } from "@/lib/domain/release/decision"
import { decideHandOver } from "@/lib/domain/round/decide-judge"
import type { PersonRef } from "@/lib/domain/timeline/actor"
import { type Context, rolesFor } from "@/lib/server/access/context"
import type { Tx } from "@/lib/server/db"
import { loadPerson } from "@/lib/server/people/load-person"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"

/** Makes somebody else the one who watches, or (null) whoever is on call. */
export function handOverWatch(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "round.judge", schema: handOverWatchRequest, body },
    async ({ tx, state }, { personId, note = null }, { actor }) => {
      const to = personId === null ? null : await findWatcher(tx, personId, state.service.id)
      return to && "ok" in to ? to : decideHandOver(state, { to, note }, actor)
    },
  )
}

/** A watch in the hands of somebody who may not judge a round is nobody's watch. */
async function findWatcher(
  tx: Tx,
  personId: string,
  serviceId: string,
): Promise<PersonRef | Extract<Decision, { ok: false }>> {
  const person = await loadPerson(personId, tx)
  if (!person || person.disabled) return refuse("invalid", "There is no such person.", { field: "personId" })
  const { id, name } = person
  if (mayPerform(rolesFor(person, serviceId), "round.judge")) return { id, name }
  return refuse("invalid", `The roles of ${name} do not do rounds.`, { field: "personId" })
}
