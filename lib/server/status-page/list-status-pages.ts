import { mayPerform } from "@/lib/domain/access/policy"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"

export interface StatusPageEntry {
  service: { key: string; name: string }
  on: boolean
  mayEdit: boolean
}

/** The services that the caller may see, each with whether everybody may see how it is. */
export async function listStatusPages({ person }: Context): Promise<StatusPageEntry[]> {
  if (!person) return []
  const services = await prisma.service.findMany({
    orderBy: { key: "asc" },
    select: { id: true, key: true, name: true, statusPage: true },
  })
  return services.flatMap(({ id, key, name, statusPage }) => {
    const roles = rolesFor(person, id)
    if (!mayPerform(roles, "environment.read")) return []
    return [{ service: { key, name }, on: statusPage, mayEdit: mayPerform(roles, "status_page.edit") }]
  })
}
