import { readChanges } from "@/lib/server/changes/read-changes"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params }) => readChanges(ctx, params.id))
