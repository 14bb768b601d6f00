import { route } from "@/lib/server/http-api/route"
import { readReleaseLogs } from "@/lib/server/runs/read-release-logs"

export const dynamic = "force-dynamic"

export const GET = route<{ id: string }>(async ({ ctx, params, query }) => {
  const logs = await readReleaseLogs(ctx, params.id, query)
  if (!logs.ok) return logs
  if (logs.value.format === "json") return { ok: true, value: { lines: logs.value.lines, cursor: logs.value.cursor } }
  return new Response(logs.value.text, {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="${logs.value.fileName}"`,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  })
})
