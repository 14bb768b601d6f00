import { env } from "@/lib/server/env"

/**
 * Whether a write that a cookie vouches for comes from this console's own pages. Browsers say so in headers that a page
 * cannot set; a request that says nothing about where it comes from is not from a page of ours.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site")
  if (site !== null && site !== "same-origin") return false
  const origin = request.headers.get("origin")
  if (origin === null) return site === "same-origin"
  return origin === new URL(env().NEXTAUTH_URL).origin || origin === ownOrigin(request)
}

/** The origin under which this request reached the console (another name for it, a port that was forwarded). */
function ownOrigin(request: Request): string | null {
  const host = request.headers.get("host")
  if (!host) return null
  const protocol = request.headers.get("x-forwarded-proto")?.split(",")[0]?.trim() ?? new URL(request.url).protocol
  return `${protocol.replace(/:$/, "")}://${host}`
}
