import { addFile } from "@/lib/server/evidence/add-file"
import { announcedBytes } from "@/lib/server/http-api/announced-bytes"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const POST = route<{ id: string; itemKey: string }>(
  ({ ctx, params, query, request, upload }) =>
    addFile(ctx, { releaseId: params.id, itemKey: params.itemKey }, query, {
      body: upload,
      contentType: request.headers.get("content-type"),
      announcedBytes: announcedBytes(request.headers),
      signal: request.signal,
    }),
  { status: 201, upload: true },
)
