import { route } from "@/lib/server/http-api/route"
import { remindSigners } from "@/lib/server/signoff/remind-signers"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => remindSigners(ctx, params.id, body))
