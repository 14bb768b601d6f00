import { route } from "@/lib/server/http-api/route"
import { finishEnrolment } from "@/lib/server/passkeys/finish-enrolment"
import { listPasskeys } from "@/lib/server/passkeys/list-passkeys"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx }) => listPasskeys(ctx))

export const POST = route(({ ctx, body }) => finishEnrolment(ctx, body), { status: 201 })
