import { route } from "@/lib/server/http-api/route"
import { createOverride } from "@/lib/server/oncall/create-override"

export const dynamic = "force-dynamic"

export const POST = route<{ rotaId: string }>(({ ctx, params, body }) => createOverride(ctx, params.rotaId, body), {
  status: 201,
})
