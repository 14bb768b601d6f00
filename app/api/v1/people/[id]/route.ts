import { route } from "@/lib/server/http-api/route"
import { disablePerson } from "@/lib/server/people/disable-person"

export const dynamic = "force-dynamic"

export const PATCH = route<{ id: string }>(({ ctx, params, body }) => disablePerson(ctx, params.id, body))
