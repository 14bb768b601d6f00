import { route } from "@/lib/server/http-api/route"
import { listDelegations } from "@/lib/server/signoff/list-delegations"
import { nameStandIn } from "@/lib/server/signoff/name-stand-in"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx }) => listDelegations(ctx))

export const POST = route(({ ctx, body }) => nameStandIn(ctx, body), { status: 201 })
