import { type NoticesRead, readNoticesRequest } from "@/lib/contracts/api/notices"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import { personAtTheKeyboard } from "@/lib/server/sessions/person-at-the-keyboard"
import { Prisma } from "@/prisma/generated/client/client"
import { readMark } from "./read-mark"

/** One has read all up to a notice. The mark never goes back, and not past what there is: what comes later stays new. */
export async function markRead(ctx: Context, body: unknown): Promise<Result<NoticesRead>> {
  const asking = personAtTheKeyboard(ctx, "read notices")
  if (!asking.ok) return asking
  const input = parseInput(readNoticesRequest, body)
  if (!input.ok) return input
  const { person } = asking
  await prisma.$executeRaw(Prisma.sql`
    INSERT INTO "NoticeRead" AS r ("userId", "readSeq")
    VALUES (${person.id}::uuid, least(${BigInt(input.value.seq)}, (SELECT coalesce(max(seq), 0) FROM "Notice")))
    ON CONFLICT ("userId") DO UPDATE SET "readSeq" = greatest(r."readSeq", EXCLUDED."readSeq")`)
  ring(`notices-read:${person.id}`)
  return done(await readMark(person))
}
