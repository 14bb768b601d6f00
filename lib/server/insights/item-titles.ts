import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

/** What the latest release of each service calls its items: by service and key. */
export async function itemTitles(
  serviceIds: readonly string[],
): Promise<(serviceId: string, itemKey: string) => string> {
  const rows = await prisma.$queryRaw<{ serviceId: string; titles: Record<string, string> | null }[]>(Prisma.sql`
    SELECT s.id AS "serviceId", (
      SELECT jsonb_object_agg(item.key, item.value->>'title') FROM jsonb_each(latest.items) AS item
    ) AS titles
    FROM unnest(${[...serviceIds]}::uuid[]) AS s(id) CROSS JOIN LATERAL (
      SELECT state->'items' AS items FROM "Release" WHERE "serviceId" = s.id ORDER BY "createdAt" DESC LIMIT 1
    ) AS latest`)
  const titles = new Map(rows.map((row) => [row.serviceId, row.titles ?? {}]))
  return (serviceId, itemKey) => titles.get(serviceId)?.[itemKey] ?? itemKey
}
