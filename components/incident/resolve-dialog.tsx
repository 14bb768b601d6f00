"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { SelectField, TextArea } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Problem } from "@/components/ui/problem"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useRelease } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { howTitles } from "./looks"

type How = keyof typeof howTitles

export function ResolveDialog({ incident, onClose }: { incident: Incident; onClose(): void }) {
  const rolledBack = useRelease((release) => release.rollback?.status === "done")
  const { resolve } = useIncidentMutations(incident.id)
  const [how, setHow] = useState<How>(rolledBack ? "rolled_back" : "fixed")
  const [words, setWords] = useState("")
  const action = useAction(() => resolve({ how, words: words.trim() }), { onDone: onClose })
  const told = incident.messages.filter(({ audience }) => audience === "customers")
  const customersWait = told.length > 0 && told.at(-1)?.status !== "resolved"
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Resolve incident ${incident.number}`}
      description="The escalation ends, and nobody is called any more. It can be re-opened."
    >
      <form
        className="grid grid-cols-1 gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (words.trim()) action.mutate()
        }}
      >
        <SelectField
          label="How"
          value={how}
          onChange={(event) => setHow(event.target.value as How)}
          error={action.problem?.fields.how}
        >
          {Object.entries(howTitles).map(([key, title]) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </SelectField>
        <TextArea
          label="In a sentence"
          hint="What it was, and what ended it. It goes on the record and into the report."
          value={words}
          onChange={(event) => setWords(event.target.value)}
          maxLength={4000}
          error={action.problem?.fields.words}
          autoFocus
        />
        {customersWait ? (
          <Notice tone="warn">Customers have not been told yet that it is over: write to them as well.</Notice>
        ) : null}
        <Problem problem={action.problem} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" busy={action.isPending} disabled={!words.trim()}>
            Resolve
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
