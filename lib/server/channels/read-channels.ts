import type { ChannelView } from "@/lib/contracts/api/channels"
import { channelHealth } from "@/lib/domain/notification/channel-health"
import { type Topic, topicKeys } from "@/lib/domain/notification/topics"
import { nowSql } from "@/lib/server/clock"
import { type Db, prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

/** The newest messages of a channel that its health is told by: however long it has been in use, a look takes as long. */
const LOOKED_AT = 2_000

interface Row {
  id: string
  kind: string
  name: string
  config: unknown
  secretFields: string[]
  allowPrivateNetwork: boolean
  enabled: boolean
  revision: number
  updatedAt: Date
  updatedByName: string
  topics: string[] | null
  lastDeliveredAt: Date | null
  lastGivenUpAt: Date | null
  lastError: string | null
  waiting: number
  retrying: number
  failedLastDay: number
}

/** Channels of a service with what they tell and how they do, in one look. Their settings only for who may change them. */
export async function readChannels(
  where: { serviceId: string; channelId?: string },
  { withConfig }: { withConfig: boolean },
  db: Db = prisma,
): Promise<ChannelView[]> {
  const one = where.channelId === undefined ? Prisma.empty : Prisma.sql`AND c.id = ${where.channelId}::uuid`
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT c.id, c.kind, c.name, c.config, c."secretFields", c."allowPrivateNetwork", c.enabled, c.revision,
      c."updatedAt", c."updatedByName", routes.topics, told.*
    FROM "Channel" c
    CROSS JOIN LATERAL (SELECT array_agg(topic) AS topics FROM "ChannelRoute" WHERE "channelId" = c.id) routes
    CROSS JOIN LATERAL (
      SELECT max("deliveredAt") AS "lastDeliveredAt", max("givenUpAt") AS "lastGivenUpAt",
        (array_agg("lastError" ORDER BY seq DESC) FILTER (WHERE "lastError" IS NOT NULL AND "deliveredAt" IS NULL))[1]
          AS "lastError",
        (count(*) FILTER (WHERE "deliveredAt" IS NULL AND "givenUpAt" IS NULL))::int AS waiting,
        (count(*) FILTER (WHERE "deliveredAt" IS NULL AND "givenUpAt" IS NULL AND "lastError" IS NOT NULL))::int AS retrying,
        (count(*) FILTER (WHERE "givenUpAt" > ${nowSql()} - interval '1 day'))::int AS "failedLastDay"
      FROM (SELECT * FROM "Outbox" WHERE "channelId" = c.id ORDER BY seq DESC LIMIT ${LOOKED_AT}) newest
    ) told
    WHERE c."serviceId" = ${where.serviceId}::uuid ${one}
    ORDER BY lower(c.name), c.id`)
  return rows.map((row) => channelView(row, withConfig))
}

function channelView(row: Row, withConfig: boolean): ChannelView {
  const { id, kind, name, secretFields, allowPrivateNetwork, enabled, revision, waiting, retrying } = row
  const lastDeliveredAt = row.lastDeliveredAt?.toISOString() ?? null
  const lastGivenUpAt = row.lastGivenUpAt?.toISOString() ?? null
  return {
    ...{ id, kind, name, secretFields, allowPrivateNetwork, enabled, revision },
    config: withConfig ? (row.config as Record<string, unknown>) : null,
    updatedAt: row.updatedAt.toISOString(),
    updatedBy: row.updatedByName,
    topics: topicsInOrder(row.topics ?? []),
    health: {
      state: channelHealth({ enabled, waiting, retrying, lastDeliveredAt, lastGivenUpAt }),
      ...{ lastDeliveredAt, lastGivenUpAt, lastError: row.lastError },
      ...{ waiting, retrying, failedLastDay: row.failedLastDay },
    },
  }
}

/** As the table of who gets what lists them. */
export function topicsInOrder(held: readonly string[]): Topic[] {
  return topicKeys.filter((topic) => held.includes(topic))
}
