import { route } from "@/lib/server/http-api/route"
import { readSnapshot } from "@/lib/server/releases/read-snapshot"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params }) => readSnapshot(ctx, params.id))
