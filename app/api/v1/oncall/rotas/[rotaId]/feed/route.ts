import { route } from "@/lib/server/http-api/route"
import { issueFeed, revokeFeed } from "@/lib/server/oncall/issue-feed"

export const dynamic = "force-dynamic"

type Params = { rotaId: string }

export const POST = route<Params>(({ ctx, params, body }) => issueFeed(ctx, params.rotaId, body), {
  status: 201,
  secret: true,
})
export const DELETE = route<Params>(({ ctx, params, body }) => revokeFeed(ctx, params.rotaId, body))
