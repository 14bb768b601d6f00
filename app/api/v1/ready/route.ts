import { isReady } from "@/lib/server/http-api/readiness"

export const dynamic = "force-dynamic"

/** Whether requests can be served now: the database answers and has its migrations. */
export async function GET(): Promise<Response> {
  const { ready, checks } = await isReady()
  return Response.json(
    { status: ready ? "ok" : "unavailable", checks },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  )
}
