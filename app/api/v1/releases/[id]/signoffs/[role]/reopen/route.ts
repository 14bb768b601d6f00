import { route } from "@/lib/server/http-api/route"
import { reopenSignoff } from "@/lib/server/signoff/reopen-signoff"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; role: string }>(({ ctx, params, body }) =>
  reopenSignoff(ctx, params.id, params.role, body),
)
