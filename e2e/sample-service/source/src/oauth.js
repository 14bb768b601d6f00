import { randomBytes } from "node:crypto"
import { PLATFORMS } from "./config.js"
import { Refusal, redirect } from "./http.js"

const STATE_MS = 10 * 60_000
const MAX_STATES = 10_000

const AUTHORISE_URLS = {
  meta: "https://www.facebook.com/v19.0/dialog/oauth",
  instagram: "https://api.instagram.com/oauth/authorize",
  linkedin: "https://www.linkedin.com/oauth/v2/authorization",
  twitter: "https://twitter.com/i/oauth2/authorize",
  google: "https://accounts.google.com/o/oauth2/v2/auth",
  tiktok: "https://www.tiktok.com/v2/auth/authorize",
}

/** OAuth redirects and callbacks. A state is random, bound to its platform, valid for 10 minutes and for one use. */
export function createOauth({ config, faults, metrics }) {
  const states = new Map()
  const connected = new Set()

  function begin(platform) {
    known(platform)
    if (faults.current().brokenOauth) {
      metrics.countOauth(platform, "failure")
      throw new Refusal(500, "oauth_unavailable", `The ${platform} client is not configured`)
    }
    const state = randomBytes(24).toString("base64url")
    states.set(state, { platform, until: Date.now() + STATE_MS })
    while (states.size > MAX_STATES) states.delete(states.keys().next().value)
    const url = new URL(AUTHORISE_URLS[platform])
    url.searchParams.set("client_id", config.clientIds[platform])
    url.searchParams.set("redirect_uri", `${config.publicUrl}/api/oauth/${platform}/callback`)
    url.searchParams.set("response_type", "code")
    url.searchParams.set("state", state)
    metrics.countOauth(platform, "started")
    return redirect(url.href)
  }

  function finish(platform, query) {
    known(platform)
    const state = states.get(query.get("state") ?? "")
    states.delete(query.get("state") ?? "")
    if (!state || state.platform !== platform || state.until < Date.now()) {
      // Not counted as a failed flow: nobody here began it.
      metrics.countOauth(platform, "rejected")
      throw new Refusal(400, "invalid_state", "The state is unknown, used or expired")
    }
    if (faults.current().brokenOauth || query.has("error") || !query.get("code")) {
      metrics.countOauth(platform, "failure")
      const reason = query.get("error") ?? (query.get("code") ? "exchange_failed" : "missing_code")
      throw new Refusal(400, reason, `${platform} did not grant access`)
    }
    connected.add(platform)
    metrics.countOauth(platform, "success")
    return redirect(`/?connected=${platform}`)
  }

  function connectors() {
    return PLATFORMS.map((platform) => ({ platform, connected: connected.has(platform) }))
  }

  return { begin, finish, connectors }
}

function known(platform) {
  if (!PLATFORMS.includes(platform)) throw new Refusal(404, "unknown_platform", `No platform named ${platform}`)
}
