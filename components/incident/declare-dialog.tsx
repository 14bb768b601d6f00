"use client"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { TextArea, TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { declareIncident } from "@/lib/client/incident-mutations"
import { useRelease } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { Severity } from "@/lib/domain/incident/incident-state"
import { SeverityField } from "./severity-field"

/** Three things, the first of which is enough to begin: phones ring as soon as it is sent. */
export function DeclareDialog({ onClose }: { onClose(): void }) {
  const id = useRelease((release) => release.id)
  const router = useRouter()
  const [title, setTitle] = useState("")
  const [severity, setSeverity] = useState<Severity>("critical")
  const [words, setWords] = useState("")
  const action = useAction(
    () => declareIncident(id, { title: title.trim(), severity, words: words.trim() || title.trim() }),
    {
      onDone: () => {
        onClose()
        router.push(`/releases/${id}/incident`)
      },
    },
  )
  const enough = title.trim() !== ""
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Declare an incident"
      description="The escalation of its severity begins at once. Better one too many than one too late: it can be lowered."
      className="top-[6vh] max-h-[88vh] w-[min(36rem,calc(100vw-1.5rem))]"
    >
      <form
        className="grid grid-cols-1 gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (enough) action.mutate()
        }}
      >
        <TextField
          label="What is wrong, in a few words"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          maxLength={200}
          error={action.problem?.fields.title}
          autoFocus
          required
        />
        <SeverityField value={severity} onChange={setSeverity} />
        <TextArea
          label="What was seen (optional)"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          maxLength={4000}
          rows={2}
          error={action.problem?.fields.words}
        />
        <Problem problem={action.problem} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="danger" busy={action.isPending} disabled={!enough}>
            Declare
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
