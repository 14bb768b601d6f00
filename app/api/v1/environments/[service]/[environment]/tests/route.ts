import { askConnectionTest } from "@/lib/server/environment/ask-connection-test"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const POST = route<{ service: string; environment: string }>(
  ({ ctx, params, body }) => askConnectionTest(ctx, params, body),
  { status: 202 },
)
