import { route } from "@/lib/server/http-api/route"
import { readWork } from "@/lib/server/work/read-work"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx }) => readWork(ctx))
