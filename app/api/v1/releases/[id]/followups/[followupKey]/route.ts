import { patchFollowup } from "@/lib/server/followups/patch-followup"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const PATCH = route<{ id: string; followupKey: string }>(({ ctx, params, body }) =>
  patchFollowup(ctx, params.id, params.followupKey, body),
)
