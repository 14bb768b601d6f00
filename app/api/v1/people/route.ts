import { route } from "@/lib/server/http-api/route"
import { listPeople } from "@/lib/server/people/list-people"

export const dynamic = "force-dynamic"

export const GET = route(({ ctx }) => listPeople(ctx))
