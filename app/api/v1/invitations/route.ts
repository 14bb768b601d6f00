import { route } from "@/lib/server/http-api/route"
import { invite } from "@/lib/server/invitations/invite"
import { listInvitations } from "@/lib/server/invitations/list-invitations"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx }) => listInvitations(ctx))

export const POST = route(({ ctx, body }) => invite(ctx, body), { status: 201, secret: true })
