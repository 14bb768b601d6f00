import { freshProofRequest } from "@/lib/contracts/api/passkeys"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { databaseNow } from "@/lib/server/clock"
import { prisma, type Tx, transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { isUuid } from "@/lib/server/releases/find-release"
import { done, type Result, refused } from "@/lib/server/result"
import { personAtTheKeyboard } from "@/lib/server/sessions/person-at-the-keyboard"
import { lockPasskeys } from "./lock-passkeys"
import { proveIdentity } from "./prove-identity"

const noSuchPasskey = refused("not_found", "There is no such passkey.")

/**
 * Takes one's own passkey out of use, after a fresh proof. Its row stays: what it signed is verified with it. The last way
 * in is not removed.
 */
export async function removePasskey(
  ctx: Context,
  passkeyId: string,
  body: unknown,
): Promise<Result<{ id: string; removedAt: string }>> {
  const asking = personAtTheKeyboard(ctx, "remove a passkey")
  if (!asking.ok) return asking
  const { person } = asking
  const input = parseInput(freshProofRequest, body)
  if (!input.ok) return input
  const where = { id: passkeyId, userId: person.id, removedAt: null }
  if (!isUuid(passkeyId) || (await prisma.passkey.count({ where })) === 0) return noSuchPasskey
  const proved = await proveIdentity(ctx, person, input.value, { for: "remove", passkeyId })
  if (!proved.ok) return proved
  return transaction(async (tx) => {
    const keys = await lockPasskeys(tx, person.id)
    const key = keys.find(({ id }) => id === passkeyId)
    if (!key) return noSuchPasskey
    if (keys.length === 1 && !(await hasOtherWayIn(tx, person.id))) {
      return refused("conflict", "This passkey is your only way in. Set a password, or add another passkey, first.")
    }
    const removedAt = await databaseNow(tx)
    await tx.passkey.update({ where: { id: key.id }, data: { removedAt }, select: { id: true } })
    const data = { passkeyId, name: key.name }
    await recordSecurityEvent({ type: "passkey.removed", userId: person.id, address: ctx.address, data }, tx)
    return done({ id: key.id, removedAt: removedAt.toISOString() })
  })
}

async function hasOtherWayIn(tx: Tx, personId: string): Promise<boolean> {
  const user = await tx.user.findUnique({
    where: { id: personId },
    select: { passwordHash: true, _count: { select: { identities: true } } },
  })
  return user !== null && (user.passwordHash !== null || user._count.identities > 0)
}
