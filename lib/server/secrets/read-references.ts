import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { accessEnvironment, type EnvironmentPlace } from "@/lib/server/environment/access-environment"
import { done, type Result } from "@/lib/server/result"
import { referencesInConfig, referencesInPlaybook, type SecretReference } from "./find-references"

/** What asks for secrets of an environment: its settings and the newest version of each playbook of its service. */
export async function readReferences(
  ctx: Context,
  place: EnvironmentPlace,
): Promise<Result<{ references: SecretReference[] }>> {
  const found = await accessEnvironment(ctx, "secret.read", place)
  if (!found.ok) return found
  const { environment } = found.value
  const playbooks = await prisma.playbook.findMany({
    where: { serviceId: environment.serviceId },
    orderBy: { key: "asc" },
    select: { versions: { orderBy: { number: "desc" }, take: 1, select: { document: true } } },
  })
  const documents = playbooks.flatMap(({ versions }) => versions.map(({ document }) => document))
  return done({
    references: [...referencesInConfig(environment.config), ...documents.flatMap(referencesInPlaybook)],
  })
}
