import { atomFeed } from "@/lib/domain/status-page/atom-feed"
import { env } from "@/lib/server/env"
import { readStatusPage } from "@/lib/server/status-page/read-status-page"

export const dynamic = "force-dynamic"

/** The status page for readers of feeds. */
export async function GET(_request: Request, { params }: { params: Promise<{ service: string }> }): Promise<Response> {
  const { service } = await params
  const answer = await readStatusPage(service)
  if (!answer.ok) return new Response("There is no such page.\n", { status: 404 })
  const pageUrl = new URL(`/status/${encodeURIComponent(service)}`, env().NEXTAUTH_URL).href
  return new Response(atomFeed(answer.value, pageUrl), {
    headers: {
      "content-type": "application/atom+xml; charset=utf-8",
      "cache-control": "public, max-age=60, s-maxage=60",
    },
  })
}
