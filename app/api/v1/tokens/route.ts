import { route } from "@/lib/server/http-api/route"
import { createToken } from "@/lib/server/tokens/create-token"
import { listTokens } from "@/lib/server/tokens/list-tokens"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx }) => listTokens(ctx))

export const POST = route(({ ctx, body }) => createToken(ctx, body), { status: 201, secret: true })
