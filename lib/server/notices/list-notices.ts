import { type NoticeList, noticesQuery } from "@/lib/contracts/api/notices"
import type { Context } from "@/lib/server/access/context"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import { personAtTheKeyboard } from "@/lib/server/sessions/person-at-the-keyboard"
import { Prisma } from "@/prisma/generated/client/client"
import { noticeView, readNoticeRows } from "./notice-row"
import { readMark } from "./read-mark"
import { readableNotices } from "./readable-notices"

/** What the console has to say to the person who asks, the newest first: of the services that they have a role for. */
export async function listNotices(ctx: Context, query: unknown): Promise<Result<NoticeList>> {
  const asking = personAtTheKeyboard(ctx, "read notices")
  if (!asking.ok) return asking
  const input = parseInput(noticesQuery, query)
  if (!input.ok) return input
  const { before, limit } = input.value
  const { person } = asking
  const older = before === undefined ? Prisma.empty : Prisma.sql` AND n.seq < ${BigInt(before)}`
  const [mark, rows] = await Promise.all([
    readMark(person),
    readNoticeRows(Prisma.sql`${readableNotices(person)}${older}`, { order: "newest", limit: limit + 1 }),
  ])
  return done({ ...mark, notices: rows.slice(0, limit).map(noticeView), more: rows.length > limit })
}
