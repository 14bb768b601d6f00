"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Panel } from "@/components/ui/panel"
import type { Calendar } from "@/lib/contracts/api/calendar"
import { windowInWords } from "@/lib/domain/gate/window-gate"
import { WindowsDialog } from "./windows-dialog"

type Place = Calendar["environments"][number]

/** When deployments may start, environment by environment. */
export function WindowsPanel({ environments, onChanged }: { environments: Place[]; onChanged(): void }) {
  const [editing, setEditing] = useState<Place | null>(null)
  return (
    <Panel title="Windows">
      <ul className="divide-y" data-testid="windows">
        {environments.map((place) => {
          const { service, environment, windows, mayEdit } = place
          const name = `${service.name} ${environment.name}`
          return (
            <li
              key={`${service.key}/${environment.key}`}
              className="flex flex-wrap items-start gap-3 px-4 py-3 text-sm"
            >
              <div className="min-w-0 flex-1">
                <p className="font-medium">{name}</p>
                {(windows.windows ?? windows.playbooks).map((each) => (
                  <p key={windowInWords(each)} className="text-ink-2">
                    {windowInWords(each)}
                  </p>
                ))}
                <p className="text-ink-3 text-xs">
                  {windows.windows ? "The environment’s own" : "As the playbook says"}
                </p>
              </div>
              {mayEdit ? (
                <Button size="sm" aria-label={`Change the windows of ${name}`} onClick={() => setEditing(place)}>
                  Change…
                </Button>
              ) : null}
            </li>
          )
        })}
      </ul>
      {editing ? (
        <WindowsDialog
          place={editing}
          onClose={() => setEditing(null)}
          onDone={() => {
            setEditing(null)
            onChanged()
          }}
        />
      ) : null}
    </Panel>
  )
}
