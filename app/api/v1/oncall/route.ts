import { route } from "@/lib/server/http-api/route"
import { listRotas } from "@/lib/server/oncall/list-rotas"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx, query }) => listRotas(ctx, query))
