"use client"
import { BellRing } from "lucide-react"
import { Button } from "@/components/ui/button"
import { Problem } from "@/components/ui/problem"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { useNow } from "@/lib/client/use-now"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { REMIND_EVERY_MS, whyNotAwaited } from "@/lib/domain/signoff/decide-reminder"
import { signoffsInOrder } from "@/lib/domain/signoff/turn"

/** Asks those who have not signed, of one role or of all that are awaited. */
export function RemindSigners({ only: role = null }: { only?: SignoffRole | null }) {
  const may = useMay("signoff.remind")
  const release = useRelease()
  const nowMs = useNow(5_000)
  const { remind } = useReleaseMutations()
  const action = useAction(() => remind(role ? [role] : null))
  const awaited = signoffsInOrder(release).filter((each) => whyNotAwaited(release, each.role, nowMs) === null)
  const due = awaited.filter(({ reminded }) => !reminded || nowMs >= Date.parse(reminded.at) + REMIND_EVERY_MS)
  const ours = role ? due.some((each) => each.role === role) : due.length > 0
  if (!may || release.status !== "preparing" || awaited.length === 0) return null
  if (role && !awaited.some((each) => each.role === role)) return null
  return (
    <div className="grid justify-items-start gap-2">
      <Button size="sm" busy={action.isPending} disabled={!ours} onClick={() => action.mutate()}>
        <BellRing aria-hidden /> {role ? "Remind" : "Remind all who are awaited"}
      </Button>
      <Problem problem={action.problem} />
    </div>
  )
}
