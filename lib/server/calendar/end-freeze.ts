import { endFreezeRequest, type FreezeView } from "@/lib/contracts/api/calendar"
import type { Context } from "@/lib/server/access/context"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { accessFreeze } from "./access-freeze"
import { changeFreezes } from "./change-freezes"
import { readFreezeView } from "./freeze-view"
import { scopeOf } from "./patch-freeze"

/** Ends a freeze for good, with a reason that goes on record. It is kept: what was refused because of it names it. */
export async function endFreeze(
  ctx: Context,
  freezeId: string,
  body: unknown,
): Promise<Result<{ freeze: FreezeView }>> {
  const found = await accessFreeze(ctx, freezeId)
  if (!found.ok) return found
  const input = parseInput(endFreezeRequest, body)
  if (!input.ok) return input
  const { freeze, access } = found.value
  const { reason } = input.value
  const ended = await changeFreezes(
    ctx,
    { scope: scopeOf(freeze), type: "freeze.ended", actor: access.actor },
    async (tx, now) => {
      const { count } = await tx.freeze.updateMany({
        where: { id: freeze.id, endedAt: null },
        data: { endedAt: now, endedByName: access.actor.name, revision: { increment: 1 }, updatedAt: now },
      })
      return count === 0 ? null : { result: true, data: { freezeId: freeze.id, name: freeze.name, reason } }
    },
  )
  const current = await readFreezeView(ctx, freeze.id)
  if (ended) return done({ freeze: current })
  return refused("conflict", `${current.ended?.by ?? "Somebody"} has ended it already.`, { detail: { current } })
}
