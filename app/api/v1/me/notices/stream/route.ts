import { eventStream } from "@/lib/server/http-api/event-stream"
import { route } from "@/lib/server/http-api/route"
import { noticeFrameText, openNotices } from "@/lib/server/notices/open-notices"

export const dynamic = "force-dynamic"

export const GET = route(async ({ ctx, request }) => {
  const opened = openNotices(ctx)
  return opened.ok ? eventStream(opened.value, request.signal, noticeFrameText) : opened
})
