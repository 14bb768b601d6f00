"use client"
import { useEffect, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { TextArea } from "@/components/ui/field"
import { useMay, useRelease } from "@/lib/client/release-context"
import { isAutomatic } from "@/lib/domain/checklist/automatic"
import type { ChecklistItem } from "@/lib/domain/release/state"
import type { ItemChange } from "./use-item"

/** What was found, in words, together with the tick that it stands for. */
export function ItemNote({
  item,
  onChange,
  busy,
  focus,
  onFocused,
}: {
  item: ChecklistItem
  onChange(change: ItemChange): void
  busy: boolean
  focus: boolean
  onFocused(): void
}) {
  const may = useMay("checklist.edit")
  const preparing = useRelease((release) => release.status === "preparing")
  const [note, setNote] = useState("")
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (!focus) return
    field.current?.scrollIntoView({ block: "center" })
    field.current?.focus({ preventScroll: true })
    onFocused()
  }, [focus, onFocused])
  if (!may || !preparing) return null
  const words = note.trim()
  const send = (state: "passed" | "failed") => {
    onChange({ state, note: words || undefined, revision: item.revision })
    setNote("")
  }
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (words) send("passed")
      }}
    >
      <TextArea
        ref={field}
        label="Note"
        hint={
          isAutomatic(item)
            ? "This item proves itself. To tick it by hand, say why."
            : "What was looked at, and what was found."
        }
        value={note}
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && words) send("passed")
        }}
        rows={2}
        maxLength={4000}
      />
      <div className="flex gap-2">
        <Button type="submit" size="sm" disabled={!words} busy={busy}>
          Tick with this note
        </Button>
        <Button size="sm" tone="quiet" disabled={!words || busy} onClick={() => send("failed")}>
          Failed, with this note
        </Button>
      </div>
    </form>
  )
}
