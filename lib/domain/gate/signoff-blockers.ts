import { roleTitles, type SignoffRole } from "@/lib/domain/access/roles"
import type { ReleaseState, Signoff, SignoffStatus } from "@/lib/domain/release/state"
import { signoffStatus, standingSignatures } from "@/lib/domain/signoff/signoff-status"
import { roleNames, rolesBefore, signoffsInOrder } from "@/lib/domain/signoff/turn"
import type { Blocker, BlockerCode } from "./gate-types"

const codes: Record<Exclude<SignoffStatus, "signed">, BlockerCode> = {
  pending: "signoff_pending",
  declined: "signoff_declined",
  withdrawn: "signoff_withdrawn",
  void: "signoff_void",
  expired: "signoff_expired",
}

export function signoffBlockers(state: ReleaseState, nowMs: number): Blocker[] {
  return signoffsInOrder(state).flatMap((signoff) => {
    const { role } = signoff
    const status = signoffStatus(signoff, nowMs)
    if (status === "signed") return []
    return [
      {
        code: codes[status],
        message: inWords(signoff, status, { before: rolesBefore(state, role, nowMs), nowMs }),
        role,
        href: `/releases/${state.id}/signoffs#${role}`,
        subject: role,
      },
    ]
  })
}

function inWords(
  signoff: Signoff,
  status: SignoffStatus,
  { before, nowMs }: { before: SignoffRole[]; nowMs: number },
): string {
  const { role, by, reason, quorum } = signoff
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
    default: {
      const turn = before.length > 0 ? ` Its turn comes after ${roleNames(before)}.` : ""
      const count = standingSignatures(signoff, nowMs).length
      const words = quorum === 1 ? `${title} has not signed.` : `${title}: ${count} of ${quorum} people have signed.`
      return `${words}${turn}`
    }
  }
}
