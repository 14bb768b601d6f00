import type { DeploymentWindow } from "@/lib/domain/window/window"
import { type Db, prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

/** By service: the windows of the newest version of each of its playbooks, equal ones once. */
export async function playbookWindows(
  serviceIds: readonly string[],
  db: Db = prisma,
): Promise<Map<string, DeploymentWindow[]>> {
  const rows = await db.$queryRaw<{ serviceId: string; window: DeploymentWindow }[]>(Prisma.sql`
    SELECT DISTINCT ON (p.id) p."serviceId", v.document->'window' AS window
    FROM "Playbook" p JOIN "PlaybookVersion" v ON v."playbookId" = p.id
    WHERE p."serviceId" = ANY(${[...serviceIds]}::uuid[])
    ORDER BY p.id, v.number DESC`)
  const found = new Map<string, DeploymentWindow[]>()
  for (const { serviceId, window } of rows) {
    const known = found.get(serviceId) ?? []
    const again = known.some((each) => JSON.stringify(each) === JSON.stringify(window))
    found.set(serviceId, again ? known : [...known, window])
  }
  return found
}
