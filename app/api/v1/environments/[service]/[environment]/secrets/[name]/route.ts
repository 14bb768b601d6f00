import { route } from "@/lib/server/http-api/route"
import { putSecret } from "@/lib/server/secrets/put-secret"
import { removeSecret } from "@/lib/server/secrets/remove-secret"

export const dynamic = "force-dynamic"

type Params = { service: string; environment: string; name: string }

export const PUT = route<Params>(({ ctx, params, body }) => putSecret(ctx, params, body))
export const DELETE = route<Params>(({ ctx, params }) => removeSecret(ctx, params))
