import { resumeDeploy } from "@/lib/server/deploy/pause-deploy"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => resumeDeploy(ctx, params.id, body))
