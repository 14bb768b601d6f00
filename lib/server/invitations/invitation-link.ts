import { randomBytes } from "node:crypto"
import { sha256Hex } from "@/lib/server/crypto/sha256"
import { env } from "@/lib/server/env"

export const INVITATION_MS = 7 * 24 * 3_600_000

/** A fresh secret: the link to hand over, and what is kept of it. */
export function newLink(): { link: string; tokenHash: string } {
  const token = randomBytes(32).toString("base64url")
  // Behind the #, a browser sends the secret to nobody: it is in no log of a proxy and in no Referer.
  return { link: new URL(`/invite/accept#${token}`, env().NEXTAUTH_URL).href, tokenHash: sha256Hex(token) }
}
