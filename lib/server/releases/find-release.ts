import { prisma } from "@/lib/server/db"
import { refused } from "@/lib/server/result"

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isUuid(text: string): boolean {
  return UUID.test(text)
}

export const noSuchRelease = refused("not_found", "There is no such release.")

/** Where a release belongs, which says whose roles count. Null: there is no such release. */
export async function findRelease(
  releaseId: string,
): Promise<{ id: string; serviceId: string; environmentId: string } | null> {
  if (!isUuid(releaseId)) return null
  return prisma.release.findUnique({
    where: { id: releaseId },
    select: { id: true, serviceId: true, environmentId: true },
  })
}
