import { route } from "@/lib/server/http-api/route"
import { revokeInvitation } from "@/lib/server/invitations/revoke-invitation"

export const dynamic = "force-dynamic"

export const DELETE = route<{ id: string }>(({ ctx, params }) => revokeInvitation(ctx, params.id))
