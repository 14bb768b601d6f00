import type { InvitationEntry } from "@/lib/contracts/api/people"
import type { Context } from "@/lib/server/access/context"
import type { Result } from "@/lib/server/result"
import { changeInvitation } from "./change-invitation"

/** Takes an invitation back: its link is worth nothing from then on. */
export function revokeInvitation(ctx: Context, invitationId: string): Promise<Result<{ invitation: InvitationEntry }>> {
  return changeInvitation(ctx, invitationId, "invitation.revoked", (row, now) => ({ revokedAt: row.revokedAt ?? now }))
}
