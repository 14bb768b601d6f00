import { pauseDeploy } from "@/lib/server/deploy/pause-deploy"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => pauseDeploy(ctx, params.id, body))
