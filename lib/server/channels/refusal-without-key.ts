import { type Result, refused } from "@/lib/server/result"
import { keyRing } from "@/lib/server/secrets/key-ring"

/** Says in words that nothing can be encrypted, where there is something to encrypt and no key. */
export async function refusalWithoutKey(
  secrets: Record<string, string>,
): Promise<Extract<Result<never>, { ok: false }> | null> {
  if (Object.keys(secrets).length === 0) return null
  return keyRing({ make: true }).then(
    () => null,
    (error: Error) => refused("conflict", `Nothing can be encrypted. ${error.message}`),
  )
}
