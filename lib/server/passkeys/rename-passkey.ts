import { type PasskeyEntry, renamePasskeyRequest } from "@/lib/contracts/api/passkeys"
import type { Context } from "@/lib/server/access/context"
import { recordSecurityEvent } from "@/lib/server/access/record-security-event"
import { transaction } from "@/lib/server/db"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result, refused } from "@/lib/server/result"
import { personAtTheKeyboard } from "@/lib/server/sessions/person-at-the-keyboard"
import { lockPasskeys } from "./lock-passkeys"
import { passkeyEntry } from "./passkey-entry"
import { refuseName } from "./refuse-name"

/** Gives one's own passkey another name. What it signed keeps the name that it had then. */
export async function renamePasskey(
  ctx: Context,
  passkeyId: string,
  body: unknown,
): Promise<Result<{ passkey: PasskeyEntry }>> {
  const asking = personAtTheKeyboard(ctx, "rename a passkey")
  if (!asking.ok) return asking
  const userId = asking.person.id
  const input = parseInput(renamePasskeyRequest, body)
  if (!input.ok) return input
  const { name } = input.value
  return transaction(async (tx) => {
    const keys = await lockPasskeys(tx, userId)
    const key = keys.find(({ id }) => id === passkeyId)
    if (!key) return refused("not_found", "There is no such passkey.")
    if (key.name === name) return done({ passkey: passkeyEntry(key) })
    const refusedName = refuseName(
      name,
      keys.filter((other) => other !== key),
    )
    if (refusedName) return refusedName
    const row = await tx.passkey.update({ where: { id: key.id }, data: { name } })
    const data = { passkeyId, name, before: key.name }
    await recordSecurityEvent({ type: "passkey.renamed", userId, address: ctx.address, data }, tx)
    return done({ passkey: passkeyEntry(row) })
  })
}
