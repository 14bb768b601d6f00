import { route } from "@/lib/server/http-api/route"
import { patchRota } from "@/lib/server/oncall/patch-rota"
import { removeRota } from "@/lib/server/oncall/remove-rota"

export const dynamic = "force-dynamic"

type Params = { rotaId: string }

export const PATCH = route<Params>(({ ctx, params, body }) => patchRota(ctx, params.rotaId, body))
export const DELETE = route<Params>(({ ctx, params, body }) => removeRota(ctx, params.rotaId, body))
