import { route } from "@/lib/server/http-api/route"
import { listDeliveries } from "@/lib/server/outbox/list-deliveries"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params }) => listDeliveries(ctx, params.id))
