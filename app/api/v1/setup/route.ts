import { route } from "@/lib/server/http-api/route"
import { setUpFirstAdmin } from "@/lib/server/people/set-up-first-admin"

export const dynamic = "force-dynamic"

export const POST = route(({ ctx, body }) => setUpFirstAdmin(ctx, body), { status: 201, open: true })
