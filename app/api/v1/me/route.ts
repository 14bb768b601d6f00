import { route } from "@/lib/server/http-api/route"
import { readMe } from "@/lib/server/people/read-me"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx }) => readMe(ctx))
