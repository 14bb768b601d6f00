import { route } from "@/lib/server/http-api/route"
import { beginEnrolment } from "@/lib/server/passkeys/begin-enrolment"

export const dynamic = "force-dynamic"

export const POST = route(({ ctx, body }) => beginEnrolment(ctx, body), { status: 201, secret: true })
