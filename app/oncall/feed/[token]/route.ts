import { route } from "@/lib/server/http-api/route"
import { readFeed } from "@/lib/server/oncall/read-feed"

export const dynamic = "force-dynamic"

/** For programs that cannot sign in. `token` ends with `.ics`, by which some of them know what it is. */
export const GET = route<{ token: string }>(
  async ({ ctx, params, request }) => {
    const feed = await readFeed(ctx, params.token.replace(/\.ics$/, ""))
    if (!feed.ok) return feed
    const { text, tag } = feed.value
    const headers = {
      etag: tag,
      // The address is a secret: what it answers is not for caches that others share.
      "cache-control": "private, max-age=900",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex",
      "referrer-policy": "no-referrer",
    }
    const known = request.headers
      .get("if-none-match")
      ?.split(",")
      .some((each) => each.trim().replace(/^W\//, "") === tag)
    if (known) return new Response(null, { status: 304, headers })
    return new Response(text, {
      headers: {
        ...headers,
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'inline; filename="on-call.ics"',
      },
    })
  },
  { open: true },
)
