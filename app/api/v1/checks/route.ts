import { listCheckKinds } from "@/lib/server/checks/list-check-kinds"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx }) => listCheckKinds(ctx))
