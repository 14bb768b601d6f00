import { databaseNow } from "@/lib/server/clock"
import type { Tx } from "@/lib/server/db"

export type WhySessionEnded = "signed_out" | "ended_by_person" | "ended_by_admin" | "password_changed" | "disabled"

/**
 * Ends the live sessions of a person: all of them, one (`only`), or all but one (`except`). Answers how many. After the
 * commit the caller rings `person:<id>`, so that open streams close.
 */
export async function endSessions(
  tx: Tx,
  userId: string,
  why: WhySessionEnded,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId, endedAt: null, id: which.only ?? (which.except ? { not: which.except } : undefined) },
    data: { endedAt: await databaseNow(tx), endedWhy: why },
  })
  return count
}
