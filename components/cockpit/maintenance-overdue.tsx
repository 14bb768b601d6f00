"use client"
import { Ago } from "@/components/time/instant"
import { Notice } from "@/components/ui/notice"
import { useRelease } from "@/lib/client/release-context"

/** Users have been looking at the maintenance page for longer than was agreed. */
export function MaintenanceOverdue() {
  const { on, since, overdueAt } = useRelease((release) => release.maintenance)
  const zone = useRelease((release) => release.window.zone)
  if (!on || !since || !overdueAt) return null
  return (
    <Notice tone="fail" live data-testid="maintenance-overdue">
      <p className="font-medium">Maintenance mode has been on for longer than its budget</p>
      <p className="text-ink-2">
        Users have seen the maintenance page since <Ago at={since} zone={zone} />. It goes off by itself when the
        deployment and the smoke test are done; abort or roll back to end it before.
      </p>
    </Notice>
  )
}
