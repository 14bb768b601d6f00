import { setFlag } from "@/lib/server/flags/set-flag"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; flagKey: string }>(
  ({ ctx, params, body }) => setFlag(ctx, params.id, params.flagKey, body),
  { status: 202 },
)
