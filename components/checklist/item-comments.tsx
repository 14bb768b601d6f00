"use client"
import { useState } from "react"
import { Ago } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { TextArea } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { ChecklistItem } from "@/lib/domain/release/state"

export function ItemComments({ item }: { item: ChecklistItem }) {
  const may = useMay("checklist.edit")
  const closed = useRelease((release) => release.status === "closed")
  const zone = useRelease((release) => release.window.zone)
  const { patchItem } = useReleaseMutations()
  const [text, setText] = useState("")
  const action = useAction((comment: string) => patchItem({ key: item.key, revision: item.revision, comment }), {
    onDone: () => setText(""),
  })
  return (
    <section aria-label="Comments" className="grid gap-2">
      {item.comments.length > 0 ? (
        <ol className="grid gap-2">
          {item.comments.map((comment) => (
            <li key={comment.id} className="text-sm">
              <p className="text-xs">
                <span className="font-medium">{comment.by.name}</span>{" "}
                <Ago at={comment.at} zone={zone} className="text-ink-3" />
              </p>
              <p className="whitespace-pre-line break-words text-ink-2">{comment.text}</p>
            </li>
          ))}
        </ol>
      ) : null}
      {may && !closed ? (
        <form
          className="grid gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            if (text.trim()) action.mutate(text.trim())
          }}
        >
          <TextArea
            label="Comment"
            rows={2}
            value={text}
            onChange={(event) => setText(event.target.value)}
            maxLength={4000}
          />
          <Problem problem={action.problem} />
          <Button
            type="submit"
            size="sm"
            className="justify-self-start"
            disabled={!text.trim()}
            busy={action.isPending}
          >
            Add comment
          </Button>
        </form>
      ) : null}
    </section>
  )
}
