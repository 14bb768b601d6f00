import { listEnvironments } from "@/lib/server/environment/list-environments"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx }) => listEnvironments(ctx))
