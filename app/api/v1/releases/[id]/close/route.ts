import { route } from "@/lib/server/http-api/route"
import { closeRelease } from "@/lib/server/releases/close-release"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string }>(({ ctx, params, body }) => closeRelease(ctx, params.id, body))
