"use client"
import { BellOff, CircleCheck } from "lucide-react"
import { useState } from "react"
import { useHotkeys } from "@/components/shell/use-hotkeys"
import { Button } from "@/components/ui/button"
import { Kbd } from "@/components/ui/kbd"
import { Problem } from "@/components/ui/problem"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useMay } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { ResolveDialog } from "./resolve-dialog"

const wide = "max-sm:h-12 max-sm:w-full max-sm:justify-center max-sm:text-base"

/** The one thing to do: acknowledge, then resolve. On a phone it stands where the thumb is, whatever is scrolled to. */
export function IncidentPrimary({ incident }: { incident: Incident }) {
  const mayRespond = useMay("incident.respond")
  const mayResolve = useMay("incident.resolve")
  const { acknowledge } = useIncidentMutations(incident.id)
  const action = useAction(() => acknowledge())
  const [resolving, setResolving] = useState(false)
  const open = incident.status === "open"
  useHotkeys({
    a: () => {
      if (open && mayRespond && !action.isPending) action.mutate()
      if (!open && mayResolve) setResolving(true)
    },
  })
  return (
    <div className="grid grid-cols-1 gap-2 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-20 max-sm:border-t max-sm:bg-surface max-sm:px-4 max-sm:pt-2.5 max-sm:pb-[max(0.625rem,env(safe-area-inset-bottom))]">
      <Problem problem={action.problem} />
      {open ? (
        <Button
          tone="danger"
          size="lg"
          className={wide}
          disabled={!mayRespond}
          title={mayRespond ? undefined : "Your roles do not work on incidents"}
          busy={action.isPending}
          onClick={() => action.mutate()}
        >
          <BellOff aria-hidden /> Acknowledge <Key />
        </Button>
      ) : (
        <Button
          tone="primary"
          size="lg"
          className={wide}
          disabled={!mayResolve}
          title={mayResolve ? undefined : "Your roles do not resolve incidents"}
          onClick={() => setResolving(true)}
        >
          <CircleCheck aria-hidden /> Resolve… <Key />
        </Button>
      )}
      {resolving ? <ResolveDialog incident={incident} onClose={() => setResolving(false)} /> : null}
    </div>
  )
}

function Key() {
  return (
    <span aria-hidden className="hidden opacity-90 lg:inline">
      <Kbd>a</Kbd>
    </span>
  )
}
