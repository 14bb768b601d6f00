import { route } from "@/lib/server/http-api/route"
import { cancelOverride } from "@/lib/server/oncall/cancel-override"

export const dynamic = "force-dynamic"

type Params = { rotaId: string; overrideId: string }

export const DELETE = route<Params>(({ ctx, params, body }) =>
  cancelOverride(ctx, params.rotaId, params.overrideId, body),
)
