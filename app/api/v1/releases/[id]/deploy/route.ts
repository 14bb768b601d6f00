import { startDeploy } from "@/lib/server/deploy/start-deploy"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => startDeploy(ctx, params.id, body), { status: 202 })
