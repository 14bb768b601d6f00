import { z } from "zod"
import { type Authorised, authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { done, type Result, refused } from "@/lib/server/result"

export interface FreezeAccess {
  freeze: { id: string; name: string; serviceId: string | null; environmentId: string | null; endedAt: Date | null }
  access: Extract<Authorised, { ok: true }>
}

/** Finds a freeze and asks whether the caller may change it. */
export async function accessFreeze(ctx: Context, freezeId: string): Promise<Result<FreezeAccess>> {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  const freeze = z.uuid().safeParse(freezeId).success
    ? await prisma.freeze.findUnique({
        where: { id: freezeId },
        select: { id: true, name: true, serviceId: true, environmentId: true, endedAt: true },
      })
    : null
  const access = await authorise(ctx, "calendar.edit", freeze?.serviceId ?? null, { freezeId })
  if (!access.ok) return access
  if (!freeze) return refused("not_found", "There is no such freeze.")
  return done({ freeze, access })
}
