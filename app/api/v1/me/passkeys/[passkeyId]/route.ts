import { route } from "@/lib/server/http-api/route"
import { removePasskey } from "@/lib/server/passkeys/remove-passkey"
import { renamePasskey } from "@/lib/server/passkeys/rename-passkey"

export const dynamic = "force-dynamic"

export const PATCH = route<{ passkeyId: string }>(({ ctx, params, body }) => renamePasskey(ctx, params.passkeyId, body))

export const DELETE = route<{ passkeyId: string }>(({ ctx, params, body }) =>
  removePasskey(ctx, params.passkeyId, body),
)
