import { retryDelivery } from "@/lib/server/channels/retry-delivery"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

type Params = { service: string; deliveryId: string }

export const POST = route<Params>(({ ctx, params, body }) => retryDelivery(ctx, params, body), { status: 202 })
