import { Readable } from "node:stream"
import { exportBundle } from "@/lib/server/bundle/export-bundle"
import { attachment } from "@/lib/server/http-api/download"
import { route } from "@/lib/server/http-api/route"
import { log } from "@/lib/server/log"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(async ({ ctx, params }) => {
  const bundle = await exportBundle(ctx, params.id)
  if (!bundle.ok) return bundle
  const bytes = Readable.from(bundle.value.bytes, { objectMode: false, highWaterMark: 256 * 1024 })
  bytes.on("error", (error) => log.error({ err: error, releaseId: params.id }, "a bundle broke off"))
  return new Response(Readable.toWeb(bytes) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": "application/zip",
      "content-disposition": attachment(bundle.value.name),
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  })
})
