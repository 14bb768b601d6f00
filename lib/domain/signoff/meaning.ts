import type { SignoffRole } from "@/lib/domain/access/roles"
import type { ReleaseState } from "@/lib/domain/release/state"

/**
 * The statement that is signed, with the signer's name and the release filled in; a stand-in's names the holder as well.
 * Throws on a role nobody signs for here.
 */
export function meaningInWords(
  state: ReleaseState,
  role: SignoffRole,
  signerName: string,
  onBehalfOfName?: string | null,
): string {
  const signoff = state.signoffs[role]
  if (!signoff) throw new Error(`release ${state.id} has no sign-off of ${role}`)
  const values = new Map([
    ["name", onBehalfOfName ? `${signerName} (on behalf of ${onBehalfOfName})` : signerName],
    ["title", signoff.title],
    ["release", state.name],
    ["version", state.version],
    ["environment", state.environment.name],
  ])
  // One pass: a name that looks like a placeholder stays what it is.
  return signoff.meaning.replace(/\{([a-z]+)\}/g, (whole, name: string) => values.get(name) ?? whole)
}
