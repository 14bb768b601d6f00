import { route } from "@/lib/server/http-api/route"
import { readStatusPage } from "@/lib/server/status-page/read-status-page"

export const dynamic = "force-dynamic"

/** For everybody, other sites' pages included: nothing in it depends on who asks. */
export const GET = route<{ service: string }>(
  async ({ params }) => {
    const answer = await readStatusPage(params.service)
    if (!answer.ok) return answer
    return Response.json(answer.value, {
      headers: {
        "cache-control": "public, max-age=5, s-maxage=15, stale-while-revalidate=30",
        "access-control-allow-origin": "*",
        "x-content-type-options": "nosniff",
      },
    })
  },
  { open: true },
)
