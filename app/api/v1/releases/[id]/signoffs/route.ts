import { route } from "@/lib/server/http-api/route"
import { readSigning } from "@/lib/server/signoff/read-signing"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(({ ctx, params }) => readSigning(ctx, params.id))
