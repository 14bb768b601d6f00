import { roleTitles, signoffRoles } from "@/lib/domain/access/roles"
import type { ReleaseState, Signoff, SignoffStatus } from "@/lib/domain/release/state"
import type { Blocker, BlockerCode } from "./gate-types"

const codes: Record<Exclude<SignoffStatus, "signed">, BlockerCode> = {
  pending: "signoff_pending",
  declined: "signoff_declined",
  withdrawn: "signoff_withdrawn",
  void: "signoff_void",
}

export function signoffBlockers(state: ReleaseState): Blocker[] {
  return signoffRoles.flatMap((role) => {
    const signoff = state.signoffs[role]
    if (!signoff || signoff.status === "signed") return []
    return [
      {
        code: codes[signoff.status],
        message: inWords(signoff),
        role,
        href: `/releases/${state.id}/signoffs#${role}`,
        subject: role,
      },
    ]
  })
}

function inWords({ role, status, by, reason }: Signoff): string {
  const title = roleTitles[role]
  const why = reason ? `: ${reason}` : ""
  switch (status) {
    case "declined":
      return `${title} declined, by ${by}${why}. It must be re-opened before anyone signs.`
    case "withdrawn":
      return `${title}’s signature was withdrawn by ${by}${why}.`
    case "void":
      return `${title} must sign again${why}.`
    default:
      return `${title} has not signed.`
  }
}
