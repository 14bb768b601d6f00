import type { Role } from "@/lib/domain/access/roles"

export const blockerCodes = [
  "release_state",
  "checklist_open",
  "checklist_failed",
  "checklist_stale",
  "signoff_pending",
  "signoff_declined",
  "signoff_withdrawn",
  "signoff_void",
  "signoff_expired",
  "window_closed",
  "frozen",
  "environment_busy",
  "environment_locked",
] as const
export type BlockerCode = (typeof blockerCodes)[number]

/** One unmet condition: what, in words; which role can clear it; where. */
export interface Blocker {
  code: BlockerCode
  message: string
  /** A role that can clear it, where one can. */
  role?: Role
  /** Path in the console where it is cleared. */
  href?: string
  /** The checklist item, sign-off role or environment it is about. */
  subject?: string
}
