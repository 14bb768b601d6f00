import type { Action } from "@/lib/domain/access/policy"
import { type Authorised, authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { done, type Result, refused } from "@/lib/server/result"

export interface EnvironmentPlace {
  /** Keys, as they stand in addresses. */
  service: string
  environment: string
}

export interface EnvironmentAccess {
  environment: { id: string; key: string; name: string; serviceId: string; serviceKey: string; config: unknown }
  access: Extract<Authorised, { ok: true }>
}

/** Finds an environment of this service and asks whether the caller may do this with it. */
export async function accessEnvironment(
  ctx: Context,
  action: Action,
  place: EnvironmentPlace,
): Promise<Result<EnvironmentAccess>> {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  const row = await prisma.environment.findFirst({
    where: { key: place.environment, service: { key: place.service } },
    select: { id: true, key: true, name: true, serviceId: true, config: true },
  })
  if (!row) return refused("not_found", "There is no such environment.")
  const access = await authorise(ctx, action, row.serviceId, { environmentId: row.id })
  if (!access.ok) return access
  return done({ environment: { ...row, serviceKey: place.service }, access })
}
