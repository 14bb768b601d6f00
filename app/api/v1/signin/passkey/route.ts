import { route } from "@/lib/server/http-api/route"
import { beginSignIn } from "@/lib/server/passkeys/begin-sign-in"

export const dynamic = "force-dynamic"

export const POST = route(({ ctx, body }) => beginSignIn(ctx, body), { status: 201, secret: true, open: true })
