import { route } from "@/lib/server/http-api/route"
import { revokeToken } from "@/lib/server/tokens/revoke-token"

export const dynamic = "force-dynamic"

export const DELETE = route<{ id: string }>(({ ctx, params }) => revokeToken(ctx, params.id))
