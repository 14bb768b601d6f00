import { type PersonDetails, patchPersonRequest } from "@/lib/contracts/api/people"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { parseInput } from "@/lib/server/parse-input"
import type { Result } from "@/lib/server/result"
import { endSessions } from "@/lib/server/sessions/end-sessions"
import { changePerson, isLastAdmin } from "./change-person"

/**
 * Locks a person out, or lets them in again. Their sessions end and their open streams close; their tokens are refused while
 * it lasts. What they signed stands: it was theirs to sign then.
 */
export async function disablePerson(
  ctx: Context,
  personId: string,
  body: unknown,
): Promise<Result<{ person: PersonDetails }>> {
  const access = await authorise(ctx, "people.manage", null)
  if (!access.ok) return access
  const input = parseInput(patchPersonRequest, body)
  if (!input.ok) return input
  const { disabled, reason } = input.value
  return changePerson(personId, async (tx, row) => {
    if (disabled === (row.disabledAt !== null)) return null
    if (disabled && personId === access.person.id) {
      return { code: "conflict", message: "You cannot disable yourself. Another administrator can.", field: "disabled" }
    }
    if (disabled && (await isLastAdmin(tx, personId))) {
      return { code: "conflict", message: "The last administrator cannot be disabled.", field: "disabled" }
    }
    const sessions = disabled ? await endSessions(tx, personId, "disabled") : 0
    await tx.user.update({
      where: { id: personId },
      data: disabled ? { disabledAt: await databaseNow(tx), sessionEpoch: { increment: 1 } } : { disabledAt: null },
    })
    const type = disabled ? "person.disabled" : "person.enabled"
    const data = { personId, sessions, ...(reason ? { reason } : {}) }
    await recordSecurityEvent({ type, userId: access.person.id, address: ctx.address, data }, tx)
    return null
  })
}
