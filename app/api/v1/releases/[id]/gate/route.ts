import { readGate } from "@/lib/server/gate/read-gate"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params }) => readGate(ctx, params.id))
