import type { NoticesRead } from "@/lib/contracts/api/notices"
import type { Person } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { Prisma } from "@/prisma/generated/client/client"
import { readableNotices } from "./readable-notices"

/** More are not counted. */
const MOST_UNREAD = 100

/** How far somebody has read, and how much there is behind it. What was said before they came is not new to them. */
export async function readMark(person: Person): Promise<NoticesRead> {
  const [row] = await prisma.$queryRaw<{ readSeq: bigint; unread: number }[]>(Prisma.sql`
    WITH mark AS (
      SELECT coalesce(
        (SELECT "readSeq" FROM "NoticeRead" WHERE "userId" = ${person.id}::uuid),
        (SELECT max(seq) FROM "Notice"
          WHERE "createdAt" < (SELECT "createdAt" FROM "User" WHERE id = ${person.id}::uuid)),
        0) AS seq)
    SELECT mark.seq AS "readSeq", (SELECT count(*)::int FROM (
      SELECT 1 FROM "Notice" n WHERE ${readableNotices(person)} AND n.seq > mark.seq LIMIT ${MOST_UNREAD}) unread) AS unread
    FROM mark`)
  return { readSeq: String(row?.readSeq ?? 0), unread: row?.unread ?? 0 }
}
