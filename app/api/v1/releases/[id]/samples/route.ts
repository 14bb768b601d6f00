import { route } from "@/lib/server/http-api/route"
import { readReleaseSamples } from "@/lib/server/runs/read-release-samples"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params, query }) => readReleaseSamples(ctx, params.id, query))
