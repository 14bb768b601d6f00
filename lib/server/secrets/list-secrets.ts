import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { accessEnvironment, type EnvironmentPlace } from "@/lib/server/environment/access-environment"
import { done, type Result } from "@/lib/server/result"
import { entryOf, type SecretEntry } from "./secret-entry"

/** The secrets of an environment by name: who set them, when and how often. Values are never read for this. */
export async function listSecrets(ctx: Context, place: EnvironmentPlace): Promise<Result<{ secrets: SecretEntry[] }>> {
  const found = await accessEnvironment(ctx, "secret.read", place)
  if (!found.ok) return found
  const rows = await prisma.secret.findMany({
    where: { environmentId: found.value.environment.id },
    orderBy: { name: "asc" },
    select: { name: true, description: true, version: true, updatedByName: true, updatedAt: true },
  })
  return done({ secrets: rows.map(entryOf) })
}
