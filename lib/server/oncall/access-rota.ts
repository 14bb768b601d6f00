import type { Action } from "@/lib/domain/access/policy"
import { type Authorised, authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { prisma, type Tx } from "@/lib/server/db"
import { isUuid } from "@/lib/server/releases/find-release"
import { done, type Result, refused } from "@/lib/server/result"
import { type OncallRota, Prisma } from "@/prisma/generated/client/client"

export const noSuchRota = refused("not_found", "There is no such rota.")

/** Finds a rota and asks whether the caller may do this to it. */
export async function accessRota(
  ctx: Context,
  action: Action,
  rotaId: string,
): Promise<Result<{ rota: OncallRota; access: Extract<Authorised, { ok: true }> }>> {
  if (!ctx.person) return refused("unauthenticated", "Sign in first.")
  const rota = isUuid(rotaId) ? await prisma.oncallRota.findUnique({ where: { id: rotaId } }) : null
  const access = await authorise(ctx, action, rota?.serviceId ?? null, { rotaId })
  if (!access.ok) return access
  return rota ? done({ rota, access }) : noSuchRota
}

/** The rota as it is now, and nobody changes it or its overrides until the transaction ends. Null: it is gone. */
export async function lockRota(tx: Tx, rotaId: string): Promise<OncallRota | null> {
  await tx.$queryRaw(Prisma.sql`SELECT id FROM "OncallRota" WHERE id = ${rotaId}::uuid FOR UPDATE`)
  return tx.oncallRota.findUnique({ where: { id: rotaId } })
}
