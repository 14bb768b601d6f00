import { readConnectionTest } from "@/lib/server/environment/read-connection-test"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ service: string; environment: string; test: string }>(({ ctx, params, query, request }) =>
  readConnectionTest(ctx, params, query, request.signal),
)
