import { readEnvironment } from "@/lib/server/environment/read-environment"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ service: string; environment: string }>(({ ctx, params }) => readEnvironment(ctx, params))
