import { route } from "@/lib/server/http-api/route"
import { challengeSignature } from "@/lib/server/signoff/challenge-signature"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; role: string }>(
  ({ ctx, params, body }) => challengeSignature(ctx, params.id, params.role, body),
  { status: 201 },
)
