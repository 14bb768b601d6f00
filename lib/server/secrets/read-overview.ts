import { mayPerform } from "@/lib/domain/access/policy"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { type EnvironmentList, listEnvironments } from "@/lib/server/environment/list-environments"
import { done, type Result } from "@/lib/server/result"
import type { SecretReference } from "./find-references"
import { listSecrets } from "./list-secrets"
import { readReferences } from "./read-references"
import type { SecretEntry } from "./secret-entry"

export interface EnvironmentOverview {
  service: { key: string; name: string }
  environment: EnvironmentList["services"][number]["environments"][number]
  mayChange: boolean
  /** Null: this person may not see which there are. */
  known: { secrets: SecretEntry[]; references: SecretReference[] } | null
}

/** Every environment that the caller may see, with what they may see of its secrets. */
export async function readOverview(ctx: Context): Promise<Result<EnvironmentOverview[]>> {
  const listed = await listEnvironments(ctx)
  if (!listed.ok) return listed
  const ids = new Map(
    (await prisma.service.findMany({ select: { id: true, key: true } })).map((row) => [row.key, row.id]),
  )
  const all = listed.value.services.flatMap(({ key, name, environments }) =>
    environments.map(async (environment): Promise<EnvironmentOverview> => {
      const roles = ctx.person ? rolesFor(ctx.person, ids.get(key) ?? null) : []
      const mayChange = mayPerform(roles, "secret.write")
      const overview = { service: { key, name }, environment, mayChange }
      // Asked first: to look at a page is no attempt at what is refused.
      if (!mayPerform(roles, "secret.read")) return { ...overview, known: null }
      const place = { service: key, environment: environment.key }
      const [secrets, references] = await Promise.all([listSecrets(ctx, place), readReferences(ctx, place)])
      const known = secrets.ok && references.ok ? { ...secrets.value, ...references.value } : null
      return { ...overview, known }
    }),
  )
  return done(await Promise.all(all))
}
