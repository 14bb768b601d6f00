import { route } from "@/lib/server/http-api/route"
import { signRelease } from "@/lib/server/signoff/sign-release"
import { withdrawSignature } from "@/lib/server/signoff/withdraw-signature"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; role: string }>(({ ctx, params, body }) =>
  signRelease(ctx, params.id, params.role, body),
)

export const DELETE = route<{ id: string; role: string }>(({ ctx, params, body }) =>
  withdrawSignature(ctx, params.id, params.role, body),
)
