"use client"
import { useState } from "react"
import { Instant } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useMay, useRelease } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { Incident } from "@/lib/domain/incident/incident-state"

/** What is seen and done, as it happens: a line and Enter. */
export function IncidentNotes({ incident }: { incident: Incident }) {
  const zone = useRelease((release) => release.window.zone)
  const may = useMay("incident.respond")
  const { note } = useIncidentMutations(incident.id)
  const [text, setText] = useState("")
  const action = useAction((words: string) => note(words), { onDone: () => setText("") })
  return (
    <Panel title="Notes" aside={incident.notes.length || null}>
      {may ? (
        <form
          className="grid grid-cols-1 gap-2 border-b p-3"
          onSubmit={(event) => {
            event.preventDefault()
            if (text.trim() && !action.isPending) action.mutate(text.trim())
          }}
        >
          <div className="flex gap-2">
            <input
              aria-label="A note"
              placeholder="What is seen or done, then Enter"
              value={text}
              onChange={(event) => setText(event.target.value)}
              maxLength={4000}
              className="h-8 min-w-0 flex-1 rounded-md border border-control bg-surface px-2.5 text-sm placeholder:text-ink-3"
            />
            <Button type="submit" busy={action.isPending} disabled={!text.trim()}>
              Add
            </Button>
          </div>
          <Problem problem={action.problem} />
        </form>
      ) : null}
      {incident.notes.length === 0 ? (
        <p className="px-4 py-3 text-ink-3 text-sm">Nothing noted yet.</p>
      ) : (
        <ul className="divide-y" data-testid="incident-notes">
          {incident.notes.toReversed().map(({ id, text: words, by, at }) => (
            <li key={id} className="px-4 py-2.5">
              <p className="whitespace-pre-line break-words text-sm">{words}</p>
              <p className="text-ink-3 text-xs">
                {by}, <Instant at={at} zone={zone} how="seconds" />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
