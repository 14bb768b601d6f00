import { readDelivery } from "@/lib/server/channels/read-delivery"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

type Params = { service: string; deliveryId: string }

export const GET = route<Params>(({ ctx, params, query, request }) => readDelivery(ctx, params, query, request.signal))
