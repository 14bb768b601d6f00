import { type FreezeView, patchFreezeRequest } from "@/lib/contracts/api/calendar"
import type { Context } from "@/lib/server/access/context"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import type { Prisma } from "@/prisma/generated/client/client"
import { accessFreeze } from "./access-freeze"
import { changeFreezes } from "./change-freezes"
import { readFreezeView } from "./freeze-view"

/** Changes a freeze. Overrides that were asked for before do not pass it as it is then. Refusals: stale (`detail.current`). */
export async function patchFreeze(
  ctx: Context,
  freezeId: string,
  body: unknown,
): Promise<Result<{ freeze: FreezeView }>> {
  const found = await accessFreeze(ctx, freezeId)
  if (!found.ok) return found
  const input = parseInput(patchFreezeRequest, body)
  if (!input.ok) return input
  const { freeze, access } = found.value
  const { revision, rule, ...words } = input.value
  const change = { ...words, ...(rule ? { rule: rule as unknown as Prisma.InputJsonObject } : {}) }
  const changed = await changeFreezes(
    ctx,
    { scope: scopeOf(freeze), type: "freeze.changed", actor: access.actor },
    async (tx, now) => {
      const { count } = await tx.freeze.updateMany({
        where: { id: freeze.id, revision, endedAt: null },
        data: { ...change, revision: { increment: 1 }, updatedAt: now },
      })
      return count === 0 ? null : { result: true, data: { freezeId: freeze.id, ...words, ...(rule ? { rule } : {}) } }
    },
  )
  const current = await readFreezeView(ctx, freeze.id)
  if (changed) return done({ freeze: current })
  if (current.ended) return refused("conflict", `${current.ended.by} has ended this freeze.`, { detail: { current } })
  return refused("stale", "Somebody else has changed this freeze meanwhile.", {
    field: "revision",
    detail: { current },
  })
}

export function scopeOf({ serviceId, environmentId }: { serviceId: string | null; environmentId: string | null }) {
  return { serviceId, environmentId }
}
