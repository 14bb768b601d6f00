import { route } from "@/lib/server/http-api/route"
import { readGate } from "@/lib/server/gate/read-gate"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params }) => readGate(ctx, params.id))
