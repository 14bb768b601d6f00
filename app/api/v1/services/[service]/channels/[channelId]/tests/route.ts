import { sendTest } from "@/lib/server/channels/send-test"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

type Params = { service: string; channelId: string }

export const POST = route<Params>(({ ctx, params, body }) => sendTest(ctx, params, body), { status: 202 })
