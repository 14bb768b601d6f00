import { listChannelDeliveries } from "@/lib/server/channels/list-channel-deliveries"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ service: string }>(({ ctx, params, query }) =>
  listChannelDeliveries(ctx, params.service, query),
)
