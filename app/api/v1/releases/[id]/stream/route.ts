import { openStream } from "@/lib/server/events/open-stream"
import { releaseFrameText } from "@/lib/server/events/release-frame-text"
import { eventStream } from "@/lib/server/http-api/event-stream"
import { route } from "@/lib/server/http-api/route"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(async ({ ctx, params, query, request }) => {
  const opened = await openStream(ctx, params.id, query, request.headers.get("last-event-id"))
  return opened.ok ? eventStream(opened.value, request.signal, releaseFrameText) : opened
})
