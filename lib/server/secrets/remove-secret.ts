import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { transaction } from "@/lib/server/db"
import { accessEnvironment, type EnvironmentPlace } from "@/lib/server/environment/access-environment"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import { Prisma } from "@/prisma/generated/client/client"
import { namedSecret } from "./put-secret"

/** Removes a secret. One that is not there stays so: `removed` says whether there was one. */
export async function removeSecret(
  ctx: Context,
  place: EnvironmentPlace & { name: string },
): Promise<Result<{ name: string; removed: boolean }>> {
  const found = await accessEnvironment(ctx, "secret.write", place)
  if (!found.ok) return found
  const named = parseInput(namedSecret, { name: place.name })
  if (!named.ok) return named
  const { name } = named.value
  const { environment, access } = found.value
  const removed = await transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ version: number }[]>(Prisma.sql`
      DELETE FROM "Secret" WHERE "environmentId" = ${environment.id}::uuid AND name = ${name} RETURNING version`)
    if (!row) return false
    const data = { service: environment.serviceKey, environment: environment.key, name, version: row.version }
    const event = { type: "secret.removed", userId: access.person.id, address: ctx.address, data }
    await recordSecurityEvent(event, tx)
    return true
  })
  return done({ name, removed })
}
