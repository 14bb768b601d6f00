import { type Result, refused } from "@/lib/server/result"

/** A name tells a person's passkeys apart, whoever reads it: on the account's page, in a certificate. Null: it does. */
export function refuseName(
  name: string,
  others: readonly { name: string }[],
): Extract<Result<never>, { ok: false }> | null {
  const same = (text: string) => text.normalize("NFKC").toLowerCase()
  if (!others.some((other) => same(other.name) === same(name))) return null
  return refused("conflict", `You have a passkey called “${name}” already.`, { field: "name" })
}
