"use client"
import { CalendarClock } from "lucide-react"
import { useState } from "react"
import { instantOfLocalTime } from "@/components/time/local-time"
import { Button } from "@/components/ui/button"
import { SelectField, TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { formatInstant, zoneCity } from "@/lib/client/format"
import { useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { useZone } from "@/lib/client/use-zone"

/** A date and a time on somebody's wall clock: the playbook's, unless the person asks for their own. */
export function SetGoLive() {
  const playbookZone = useRelease((release) => release.window.zone)
  const ownZone = useZone(playbookZone)
  const { setSchedule } = useReleaseMutations()
  const [local, setLocal] = useState("")
  const [zone, setZone] = useState(playbookZone)
  const action = useAction((startAt: string) => setSchedule({ startAt }), { onDone: () => setLocal("") })
  const startAt = instantOfLocalTime(local, zone)
  const other = zone === playbookZone ? ownZone : playbookZone

  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (startAt) action.mutate(startAt)
      }}
    >
      <p className="text-ink-2 text-sm">
        Pre-flight and maintenance begin before the deployment, by themselves, as the playbook says. The gate is asked
        then, and the window must be open when the deployment begins.
      </p>
      <div className="grid gap-3 sm:grid-cols-[minmax(0,14rem)_minmax(0,14rem)_auto] sm:items-end">
        <TextField
          label="The deployment begins at"
          type="datetime-local"
          value={local}
          onChange={(event) => setLocal(event.target.value)}
          required
        />
        <SelectField label="By the clock of" value={zone} onChange={(event) => setZone(event.target.value)}>
          <option value={playbookZone}>{zoneCity(playbookZone)} (the playbook)</option>
          {ownZone === playbookZone ? null : <option value={ownZone}>{zoneCity(ownZone)} (you)</option>}
        </SelectField>
        <Button type="submit" className="h-9 justify-self-start" disabled={!startAt} busy={action.isPending}>
          <CalendarClock aria-hidden /> Set the time
        </Button>
      </div>
      {startAt && other !== zone ? (
        <p className="text-ink-3 text-xs">
          That is {formatInstant(startAt, other)} in {zoneCity(other)}.
        </p>
      ) : null}
      <Problem problem={action.problem} />
    </form>
  )
}
