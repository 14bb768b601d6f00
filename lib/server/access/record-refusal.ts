import type { Action } from "@/lib/domain/access/policy"
import type { Refusal } from "@/lib/domain/release/decision"
import type { Context } from "./context"
import { recordSecurityEvent } from "./record-security-event"

/** Puts on record that a rule of the domain forbade somebody something (their role alone would have let them). */
export async function recordRefusal(
  ctx: Context,
  action: Action,
  refusal: Refusal,
  subject: Record<string, string> = {},
): Promise<void> {
  if (refusal.code !== "forbidden" || !ctx.person) return
  await recordSecurityEvent({
    type: "access.refused",
    userId: ctx.person.id,
    address: ctx.address,
    data: { action, why: refusal.message, ...(ctx.tokenId ? { tokenId: ctx.tokenId } : {}), ...subject },
  })
}
