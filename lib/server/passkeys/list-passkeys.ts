import type { PasskeyList } from "@/lib/contracts/api/passkeys"
import type { Context } from "@/lib/server/access/context"
import { prisma } from "@/lib/server/db"
import { hasPassword } from "@/lib/server/people/has-password"
import { done, type Result } from "@/lib/server/result"
import { personAtTheKeyboard } from "@/lib/server/sessions/person-at-the-keyboard"
import { passkeyEntry } from "./passkey-entry"
import { relyingParty } from "./relying-party"

/** One's own passkeys, the oldest first, and what it takes to have more of them. */
export async function listPasskeys(ctx: Context): Promise<Result<PasskeyList>> {
  const asking = personAtTheKeyboard(ctx, "see passkeys")
  if (!asking.ok) return asking
  const userId = asking.person.id
  const rows = await prisma.passkey.findMany({ where: { userId, removedAt: null }, orderBy: { createdAt: "asc" } })
  return done({
    passkeys: rows.map(passkeyEntry),
    hasPassword: await hasPassword(userId),
    relyingParty: relyingParty(),
  })
}
