import { createChannel } from "@/lib/server/channels/create-channel"
import { listChannels } from "@/lib/server/channels/list-channels"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

type Params = { service: string }

export const GET = route<Params>(({ ctx, params }) => listChannels(ctx, params.service))
export const POST = route<Params>(({ ctx, params, body }) => createChannel(ctx, params.service, body), { status: 201 })
