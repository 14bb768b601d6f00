import { roleTitles, type SignoffRole } from "@/lib/domain/access/roles"
import type { ReleaseState, Signoff } from "@/lib/domain/release/state"
import { signoffStatus } from "./signoff-status"

/** All sign-offs, in the playbook's order. */
export function signoffsInOrder({ signoffs }: Pick<ReleaseState, "signoffs">): Signoff[] {
  return Object.values(signoffs).sort((a, b) => a.position - b.position)
}

/** In sequence: the roles whose signature has to stand before this one's turn comes. Empty: it is its turn. */
export function rolesBefore(
  state: Pick<ReleaseState, "signoffs" | "policy">,
  role: SignoffRole,
  nowMs: number,
): SignoffRole[] {
  const position = state.signoffs[role]?.position
  if (state.policy.order === "parallel" || position === undefined) return []
  return signoffsInOrder(state)
    .filter((signoff) => signoff.position < position && signoffStatus(signoff, nowMs) !== "signed")
    .map((signoff) => signoff.role)
}

/** "DevOps", "DevOps and Security", "DevOps, Product and Security". */
export function roleNames(roles: readonly SignoffRole[]): string {
  const titles = roles.map((role) => roleTitles[role])
  const last = titles.at(-1) ?? ""
  return titles.length < 2 ? last : `${titles.slice(0, -1).join(", ")} and ${last}`
}
