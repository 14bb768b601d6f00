import { removeChannel } from "@/lib/server/channels/remove-channel"
import { updateChannel } from "@/lib/server/channels/update-channel"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

type Params = { service: string; channelId: string }

export const PATCH = route<Params>(({ ctx, params, body }) => updateChannel(ctx, params, body))
export const DELETE = route<Params>(({ ctx, params, body }) => removeChannel(ctx, params, body))
