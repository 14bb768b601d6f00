import { route } from "@/lib/server/http-api/route"
import { listSecrets } from "@/lib/server/secrets/list-secrets"

export const dynamic = "force-dynamic"

export const GET = route<{ service: string; environment: string }>(({ ctx, params }) => listSecrets(ctx, params))
