"use client"
import { useQuery } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { Ago } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Problem } from "@/components/ui/problem"
import { peopleQuery } from "@/lib/client/people-query"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { ChecklistItem } from "@/lib/domain/release/state"
import { CommentText } from "./comment-text"
import { MentionField } from "./mention-field"
import { mentionedIn } from "./read-mentions"

export function ItemComments({ item, focus, onFocused }: { item: ChecklistItem; focus: boolean; onFocused(): void }) {
  const may = useMay("checklist.edit")
  const closed = useRelease((release) => release.status === "closed")
  const zone = useRelease((release) => release.window.zone)
  const { patchItem } = useReleaseMutations()
  const people = useQuery({ ...peopleQuery, enabled: may })
  const [text, setText] = useState("")
  const field = useRef<HTMLTextAreaElement>(null)
  const action = useAction(
    (comment: string) => {
      const mentions = mentionedIn(comment, people.data ?? []).map(({ id }) => id)
      return patchItem({
        key: item.key,
        revision: item.revision,
        comment,
        ...(mentions.length > 0 ? { mentions } : {}),
      })
    },
    { onDone: () => setText("") },
  )
  useEffect(() => {
    if (!focus) return
    field.current?.scrollIntoView({ block: "center" })
    field.current?.focus({ preventScroll: true })
    onFocused()
  }, [focus, onFocused])
  const send = () => {
    if (text.trim() && !action.isPending) action.mutate(text.trim())
  }
  return (
    <section aria-label="Comments" className="grid gap-2">
      {item.comments.length > 0 ? (
        <ol className="grid gap-2">
          {item.comments.map((comment) => (
            <li key={comment.id} id={`comment-${comment.id}`} className="text-sm">
              <p className="text-xs">
                <span className="font-medium">{comment.by.name}</span>{" "}
                <Ago at={comment.at} zone={zone} className="text-ink-3" />
              </p>
              <CommentText text={comment.text} mentions={comment.mentions.map(({ name }) => name)} />
            </li>
          ))}
        </ol>
      ) : null}
      {may && !closed ? (
        <form
          className="grid gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            send()
          }}
        >
          <MentionField ref={field} label="Comment" value={text} onChange={setText} onSubmit={send} />
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
