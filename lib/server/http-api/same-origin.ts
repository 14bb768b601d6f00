import { env } from "@/lib/server/env"

/**
 * Whether a write that a cookie vouches for may be one of this console's own. Browsers name the page that a write comes
 * from in headers that the page cannot set, so a request with neither header comes from a program that holds the cookie,
 * not from another site's page. (The session cookie is SameSite=Lax besides.)
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site")
  if (site !== null && site !== "same-origin") return false
  const origin = request.headers.get("origin")
  if (origin === null) return true
  return origin === new URL(env().NEXTAUTH_URL).origin || origin === ownOrigin(request)
}

/** The origin under which this request reached the console (another name for it, a port that was forwarded). */
function ownOrigin(request: Request): string | null {
  const host = request.headers.get("host")
  if (!host) return null
  const protocol = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim() ?? new URL(request.url).protocol
  return `${protocol.replace(/:$/, "")}://${host}`
}
