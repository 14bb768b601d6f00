import { openApiDocument } from "@/lib/server/http-api/openapi-document"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route(async () => ({ ok: true, value: openApiDocument() }), { open: true })
