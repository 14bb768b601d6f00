import { route } from "@/lib/server/http-api/route"
import { beginConfirmation } from "@/lib/server/passkeys/begin-confirmation"

export const dynamic = "force-dynamic"

export const POST = route(({ ctx, body }) => beginConfirmation(ctx, body), { status: 201, secret: true })
