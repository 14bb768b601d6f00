import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { transaction } from "@/lib/server/db"
import { ring } from "@/lib/server/events/doorbell"
import { isUuid } from "@/lib/server/releases/find-release"
import { endSessions } from "./end-sessions"

/** Ends the session that a sign-out names; a copy of its cookie is worth nothing from then on. */
export async function signOutSession(input: {
  userId: string | undefined
  sid: unknown
  address: string | null
}): Promise<void> {
  const { userId, sid, address } = input
  if (!userId || !isUuid(userId) || typeof sid !== "string" || !isUuid(sid)) return
  await transaction(async (tx) => {
    const ended = await endSessions(tx, userId, "signed_out", { only: sid })
    if (ended > 0) await recordSecurityEvent({ type: "sign_out.done", userId, address, data: { sessionId: sid } }, tx)
  })
  ring(`person:${userId}`)
}
