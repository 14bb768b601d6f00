import { route } from "@/lib/server/http-api/route"
import { refused } from "@/lib/server/result"

export const dynamic = "force-dynamic"

/** Paths that do not exist answer like everything else here, not with a page. */
const handler = route<{ path: string[] }>(
  async ({ params }) => refused("not_found", `There is nothing at /api/v1/${params.path.join("/")}.`),
  { open: true },
)

export { handler as DELETE, handler as GET, handler as PATCH, handler as POST, handler as PUT }
