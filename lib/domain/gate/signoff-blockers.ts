import { roleTitles, signoffRoles } from "@/lib/domain/access/roles"
import type { ReleaseState, Signoff, SignoffStatus } from "@/lib/domain/release/state"
import { signoffStatus } from "@/lib/domain/signoff/signoff-status"
import type { Blocker, BlockerCode } from "./gate-types"

const codes: Record<Exclude<SignoffStatus, "signed">, BlockerCode> = {
  pending: "signoff_pending",
  declined: "signoff_declined",
  withdrawn: "signoff_withdrawn",
  void: "signoff_void",
  expired: "signoff_expired",
}

export function signoffBlockers(state: ReleaseState, nowMs: number): Blocker[] {
  return signoffRoles.flatMap((role) => {
    const signoff = state.signoffs[role]
    if (!signoff) return []
    const status = signoffStatus(signoff, nowMs)
    if (status === "signed") return []
    return [
      {
        code: codes[status],
        message: inWords(signoff, status),
        role,
        href: `/releases/${state.id}/signoffs#${role}`,
        subject: role,
      },
    ]
  })
}

function inWords({ role, by, reason, quorum, signatures }: Signoff, status: SignoffStatus): string {
  const title = roleTitles[role]
  const why = reason ? `: ${reason}` : ""
  switch (status) {
    case "declined":
      return `${title} declined, by ${by}${why}. It must be re-opened before anyone signs.`
    case "withdrawn":
      return `${title}’s signature was withdrawn by ${by}${why}.`
    case "void":
      return `${title} must sign again${why}.`
    case "expired":
      return `${title} must sign again: the signature has run out.`
    default:
      return quorum === 1
        ? `${title} has not signed.`
        : `${title}: ${signatures.length} of ${quorum} people have signed.`
  }
}
