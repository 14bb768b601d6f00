import { route } from "@/lib/server/http-api/route"
import { startDeploy } from "@/lib/server/deploy/start-deploy"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => startDeploy(ctx, params.id, body))
