import { type InvitationEntry, renewInvitationRequest } from "@/lib/contracts/api/people"
import { authorise } from "@/lib/server/access/authorise"
import type { Context } from "@/lib/server/access/context"
import { parseInput } from "@/lib/server/parse-input"
import { done, type Result } from "@/lib/server/result"
import { changeInvitation } from "./change-invitation"
import { INVITATION_MS, newLink } from "./invitation-link"

/** A new link for seven more days; the old one is worth nothing from then on. */
export async function renewInvitation(
  ctx: Context,
  invitationId: string,
  body: unknown,
): Promise<Result<{ invitation: InvitationEntry; link: string }>> {
  const access = await authorise(ctx, "people.manage", null)
  if (!access.ok) return access
  const input = parseInput(renewInvitationRequest, body)
  if (!input.ok) return input
  const { link, tokenHash } = newLink()
  const answer = await changeInvitation(ctx, invitationId, "invitation.renewed", (_row, now) => ({
    tokenHash,
    revokedAt: null,
    expiresAt: new Date(now.getTime() + INVITATION_MS),
  }))
  return answer.ok ? done({ ...answer.value, link }) : answer
}
