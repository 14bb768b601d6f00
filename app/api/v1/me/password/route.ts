import { route } from "@/lib/server/http-api/route"
import { changePassword } from "@/lib/server/people/change-password"

export const dynamic = "force-dynamic"

export const PUT = route(({ ctx, body }) => changePassword(ctx, body), { secret: true })
