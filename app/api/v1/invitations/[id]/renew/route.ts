import { route } from "@/lib/server/http-api/route"
import { renewInvitation } from "@/lib/server/invitations/renew-invitation"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => renewInvitation(ctx, params.id, body), {
  secret: true,
})
