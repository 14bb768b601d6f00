import type { z } from "zod"
import type { environmentListSchema } from "@/lib/contracts/api/responses"
import { mayPerform } from "@/lib/domain/access/policy"
import { environmentConfigSchema } from "@/lib/domain/environment/config"
import { authorise } from "@/lib/server/access/authorise"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { done, type Result, refused } from "@/lib/server/result"

export type EnvironmentList = z.output<typeof environmentListSchema>

/** The services that the caller may see, with their environments and the newest version of each playbook. */
export async function listEnvironments(ctx: Context): Promise<Result<EnvironmentList>> {
  const { person } = ctx
  if (!person) return refused("unauthenticated", "Sign in first.")
  const scopes = [null, ...new Set(person.grants.flatMap((grant) => grant.serviceId ?? []))]
  const readable = scopes.filter((serviceId) => mayPerform(rolesFor(person, serviceId), "environment.read"))
  const access = await authorise(ctx, "environment.read", readable[0] ?? null)
  if (!access.ok) return access
  const services = await prisma.service.findMany({
    where: readable.includes(null) ? {} : { id: { in: readable.filter((id) => id !== null) } },
    orderBy: { key: "asc" },
    select: {
      key: true,
      name: true,
      environments: { orderBy: { key: "asc" }, select: { key: true, name: true, config: true, lockedAt: true } },
      playbooks: {
        orderBy: { key: "asc" },
        select: {
          key: true,
          name: true,
          versions: { orderBy: { number: "desc" }, take: 1, select: { number: true } },
        },
      },
    },
  })
  return done({
    services: services.map(({ key, name, environments, playbooks }) => ({
      key,
      name,
      environments: environments.map((environment) => {
        const { baseUrl, strategy } = environmentConfigSchema.parse(environment.config)
        return {
          ...{ key: environment.key, name: environment.name, baseUrl },
          ...{ strategy: strategy.kind, locked: environment.lockedAt !== null },
        }
      }),
      playbooks: playbooks.flatMap((playbook) =>
        playbook.versions.map(({ number }) => ({ key: playbook.key, name: playbook.name, version: number })),
      ),
    })),
  })
}
