import { abortDeploy } from "@/lib/server/deploy/abort-deploy"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => abortDeploy(ctx, params.id, body))
