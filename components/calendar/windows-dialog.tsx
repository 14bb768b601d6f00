"use client"
import { Plus, Trash2 } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { calendarMutations } from "@/lib/client/calendar-query"
import { useAction } from "@/lib/client/use-action"
import type { Calendar } from "@/lib/contracts/api/calendar"
import { type DeploymentWindow, weekdays } from "@/lib/domain/window/window"
import { DayBoxes } from "./day-boxes"
import { dayNames } from "./freeze-form"

const days = weekdays.map((value, n) => ({ value, name: dayNames[n] ?? value }))
const office: DeploymentWindow = { days: ["mon", "tue", "wed", "thu"], start: "09:00", end: "17:00", zone: "UTC" }

/** Windows of an environment's own; where one of them is open, deployments may start. */
export function WindowsDialog({
  place,
  onClose,
  onDone,
}: {
  place: Calendar["environments"][number]
  onClose(): void
  onDone(): void
}) {
  const { service, environment, windows } = place
  const before = windows.windows ?? windows.playbooks
  // Keys of their own: two windows may say the same while they are being written.
  const [rows, setRows] = useState(before.map((window, key) => ({ key, window })))
  const save = useAction(
    (next: DeploymentWindow[] | null) =>
      calendarMutations.putWindows(
        { service: service.key, environment: environment.key },
        { revision: windows.revision, windows: next },
      ),
    { onDone },
  )
  const change = (key: number, part: Partial<DeploymentWindow>) =>
    setRows((all) => all.map((row) => (row.key === key ? { key, window: { ...row.window, ...part } } : row)))
  const add = () =>
    setRows((all) => [
      ...all,
      { key: Math.max(-1, ...all.map(({ key }) => key)) + 1, window: all.at(-1)?.window ?? before[0] ?? office },
    ])

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Windows of ${service.name} ${environment.name}`}
      description="A window holds from its start until just before its end. Releases under way are asked by it at once."
      shape="drawer"
    >
      <form
        className="grid gap-4"
        data-testid="windows-form"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(rows.map(({ window }) => window))
        }}
      >
        {rows.map(({ key, window }, n) => (
          <fieldset key={key} className="grid gap-3 rounded-lg border p-3">
            <legend className="px-1 font-medium text-sm">Window {n + 1}</legend>
            <DayBoxes
              legend="Days"
              options={days}
              chosen={window.days}
              onChange={(chosen) => change(key, { days: chosen })}
            />
            <div className="grid grid-cols-2 gap-3">
              <TextField
                label="From"
                placeholder="09:00"
                pattern="([01]\d|2[0-3]):[0-5]\d"
                value={window.start}
                onChange={(event) => change(key, { start: event.target.value })}
                required
              />
              <TextField
                label="Until"
                placeholder="24:00"
                pattern="(([01]\d|2[0-3]):[0-5]\d|24:00)"
                value={window.end}
                onChange={(event) => change(key, { end: event.target.value })}
                required
              />
            </div>
            <TextField
              label="By the clock of"
              value={window.zone}
              onChange={(event) => change(key, { zone: event.target.value })}
              spellCheck={false}
              required
            />
            {rows.length > 1 ? (
              <Button
                size="sm"
                className="justify-self-start"
                onClick={() => setRows((all) => all.filter((row) => row.key !== key))}
              >
                <Trash2 aria-hidden /> Remove window {n + 1}
              </Button>
            ) : null}
          </fieldset>
        ))}
        <Button className="justify-self-start" onClick={add} disabled={rows.length >= 20}>
          <Plus aria-hidden /> Add a window
        </Button>
        <Problem problem={save.problem} />
        <div className="flex flex-wrap justify-end gap-2">
          {windows.windows ? (
            <Button className="mr-auto" busy={save.isPending} onClick={() => save.mutate(null)}>
              Use the playbook’s
            </Button>
          ) : null}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
