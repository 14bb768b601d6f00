import { mayPerform } from "@/lib/domain/access/policy"
import { type Context, rolesFor } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"

/** The services whose channels somebody may see, by key. */
export async function servicesWithChannels({ person }: Context): Promise<{ key: string; name: string }[]> {
  if (!person || person.disabled) return []
  const services = await prisma.service.findMany({
    orderBy: { key: "asc" },
    select: { id: true, key: true, name: true },
  })
  return services
    .filter(({ id }) => mayPerform(rolesFor(person, id), "channel.read"))
    .map(({ key, name }) => ({ key, name }))
}
