import { route } from "@/lib/server/http-api/route"
import { acceptInvitation } from "@/lib/server/invitations/accept-invitation"

export const dynamic = "force-dynamic"

export const POST = route(({ ctx, body }) => acceptInvitation(ctx, body), { status: 201, open: true })
