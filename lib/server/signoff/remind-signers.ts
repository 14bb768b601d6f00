import { remindRequest } from "@/lib/contracts/api/signoffs"
import { decideReminder } from "@/lib/domain/signoff/decide-reminder"
import type { Context } from "@/lib/server/access/context"
import { type Changed, changeRelease } from "@/lib/server/releases/change-release"
import type { Result } from "@/lib/server/result"
import { roleHolders } from "./role-holders"

/**
 * Reminds those whose signature is awaited, of some roles or all: on the timeline, and thereby by the channels that
 * tell of signatures.
 */
export async function remindSigners(ctx: Context, releaseId: string, body: unknown): Promise<Result<Changed>> {
  return changeRelease(
    ctx,
    { releaseId, action: "signoff.remind", schema: remindRequest, body },
    async ({ tx, state, now }, input, { actor }) => {
      const holders = await roleHolders(tx, state.service.id)
      return decideReminder(state, { roles: input?.roles ?? null, holders, nowMs: now.getTime() }, actor)
    },
  )
}
