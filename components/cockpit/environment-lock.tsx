"use client"
import { Lock } from "lucide-react"
import { useState } from "react"
import { Ago } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useRelease, useSnapshot } from "@/lib/client/release-context"
import { unlockEnvironment } from "@/lib/client/release-mutations"
import { useAction } from "@/lib/client/use-action"

/** After a rollback nothing is deployed here until someone says that it may. */
export function EnvironmentLock() {
  const lock = useSnapshot((snapshot) => snapshot.environment.lock)
  const { service, environment, window } = useRelease()
  const may = useMay("environment.unlock")
  const [open, setOpen] = useState(false)
  const action = useAction(
    (reason: string) => unlockEnvironment({ service: service.key, environment: environment.key, reason }),
    { onDone: () => setOpen(false) },
  )
  if (!lock) return null
  return (
    <section
      aria-label="Environment lock"
      data-testid="environment-lock"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-warn/40 bg-warn/8 px-4 py-3"
    >
      <Lock className="size-4 shrink-0 text-warn" aria-hidden />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium text-sm">{environment.name} is locked: nothing is deployed to it</p>
        <p className="text-ink-2 text-sm">
          {lock.reason} <span className="text-ink-3">·</span> {lock.byName}, <Ago at={lock.at} zone={window.zone} />
        </p>
      </div>
      {may ? <Button onClick={() => setOpen(true)}>Unlock…</Button> : null}
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title={`Unlock ${environment.name}`}
        description="The next release that is ready can then be deployed."
        action="Unlock"
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(reason) => action.mutate(reason)}
      />
    </section>
  )
}
