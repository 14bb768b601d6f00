import type { Role } from "@/lib/domain/access/roles"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { done, type Result } from "@/lib/server/result"
import { personOfRow } from "./load-person"

export interface PersonEntry {
  id: string
  name: string
  email: string
  roles: Role[]
  disabled: boolean
}

export async function listPeople(ctx: Context): Promise<Result<{ people: PersonEntry[] }>> {
  const access = await authorise(ctx, "people.read", null)
  if (!access.ok) return access
  const rows = await prisma.user.findMany({ include: { roles: true }, orderBy: { name: "asc" }, take: 1_000 })
  return done({
    people: rows.map(personOfRow).map(({ id, name, email, roles, disabled }) => ({ id, name, email, roles, disabled })),
  })
}
