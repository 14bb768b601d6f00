import { createHmac } from "node:crypto"
import { secretsIn } from "./definition"

/**
 * The headers of Standard Webhooks for a body (https://www.standardwebhooks.com): id, time of this attempt, and a signature
 * of each secret, so that a receiver may know the old one or the new one.
 */
export function signedHeaders(
  secret: string,
  { id, body, nowMs }: { id: string; body: string; nowMs: number },
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1_000))
  const signatures = secretsIn(secret).map((one) => {
    const key = Buffer.from(one.replace(/^whsec_/, ""), "base64")
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`
  })
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") }
}
