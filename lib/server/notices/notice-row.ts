import type { NoticeView } from "@/lib/contracts/api/notices"
import { type Db, prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"

export interface NoticeRow {
  id: string
  seq: bigint
  serviceId: string
  userId: string | null
  topic: string
  severity: string
  title: string
  text: string
  href: string
  createdAt: Date
  serviceKey: string
  serviceName: string
}

/** Notices (`n`) that fulfil a condition, in this order. */
export function readNoticeRows(
  where: Prisma.Sql,
  { order, limit }: { order: "oldest" | "newest"; limit: number },
  db: Db = prisma,
): Promise<NoticeRow[]> {
  return db.$queryRaw<NoticeRow[]>(Prisma.sql`
    SELECT n.id, n.seq, n."serviceId", n."userId", n.topic, n.severity, n.title, n.text, n.href, n."createdAt",
      s.key AS "serviceKey", s.name AS "serviceName"
    FROM "Notice" n JOIN "Service" s ON s.id = n."serviceId"
    WHERE ${where} ORDER BY n.seq ${order === "oldest" ? Prisma.sql`ASC` : Prisma.sql`DESC`} LIMIT ${limit}`)
}

export function noticeView(row: NoticeRow): NoticeView {
  const { id, topic, title, text, href } = row
  return {
    ...{ id, seq: String(row.seq), topic, severity: row.severity as NoticeView["severity"], title, text, href },
    service: { key: row.serviceKey, name: row.serviceName },
    mine: row.userId !== null,
    at: row.createdAt.toISOString(),
  }
}
