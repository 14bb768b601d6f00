import { remindRequest } from "@/lib/contracts/api/signoffs"
import { decideReminder } from "@/lib/domain/signoff/decide-reminder"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { roleHolders } from "./role-holders"

/**
 * Reminds those whose signature is awaited, of some roles or all: on the timeline, and as a message owed to the outside
 * with the place to sign (the commit adds the timeline's head).
 */
export async function remindSigners(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "signoff.remind", schema: remindRequest, body },
    async ({ tx, state, now }, input, { actor }) => {
      const holders = await roleHolders(tx, state.service.id)
      const decision = decideReminder(state, { roles: input?.roles ?? null, holders, nowMs: now.getTime() }, actor)
      if (!decision.ok) return decision
      const outbox = decision.events.flatMap((event) => {
        if (event.type !== "signoff.reminded") return []
        const { roles, to } = event.data
        const links = roles.map((role) => ({ role, href: `/releases/${state.id}/signoffs#${role}` }))
        const by = { id: actor.id, name: actor.name }
        const payload = { roles, to: to.map(({ id }) => id), href: links[0]?.href, links, by }
        return [{ kind: "signature_awaited", payload }]
      })
      return { ...decision, outbox }
    },
  )
}
