"use client"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Commands } from "@/components/deploy/commands"
import { Instant } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Checkbox } from "@/components/ui/checkbox"
import { cn } from "@/components/ui/cn"
import { SelectField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { peopleQuery } from "@/lib/client/people-query"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { useNow } from "@/lib/client/use-now"
import type { Followup } from "@/lib/domain/release/state"

export function FollowupRow({ followup }: { followup: Followup }) {
  const { key, title, detail, commands, proof, dueAt, assignee, revision, done, found } = followup
  const may = useMay("followup.edit")
  const zone = useRelease((release) => release.window.zone)
  const nowMs = useNow(5_000)
  const { patchFollowup } = useReleaseMutations()
  const people = useQuery({ ...peopleQuery, enabled: may })
  const [noting, setNoting] = useState(false)
  const action = useAction(
    (change: { done?: boolean; assigneeId?: string | null; note?: string }) =>
      patchFollowup({ key, revision, ...change }),
    { onDone: () => setNoting(false) },
  )
  const choices = people.data ?? []
  return (
    <li data-testid={`followup-${key}`} className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
      <Checkbox
        aria-label={title}
        checked={done !== null}
        disabled={!may || action.isPending}
        onCheckedChange={(checked) => action.mutate({ done: checked })}
      />
      <div className="min-w-0 flex-1 basis-64">
        <p className={cn("font-medium text-sm leading-7", done && "text-ink-2")}>{title}</p>
        <p className="text-ink-2 text-sm">{detail}</p>
        {commands.length > 0 ? <Commands lines={commands} /> : null}
        {found && !done ? <p className="text-warn text-xs">The console could not tick it: {found.words}</p> : null}
        <p className="mt-1 flex flex-wrap items-center gap-x-2 text-ink-3 text-xs">
          {done ? (
            <span>
              {done.by}, <Instant at={done.at} zone={zone} />
              {done.note ? `: ${done.note}` : ""}
            </span>
          ) : (
            <>
              {dueAt ? (
                <span className={cn(Date.parse(dueAt) <= nowMs && "text-fail")}>
                  {Date.parse(dueAt) <= nowMs ? "Overdue, was due" : "Due"} <Instant at={dueAt} zone={zone} />
                </span>
              ) : null}
              {proof ? <span>{dueAt ? "ticks itself when it is so" : "Ticks itself when it is so"}</span> : null}
              {may ? (
                <Button size="sm" tone="quiet" className="-my-1 h-6 px-1.5" onClick={() => setNoting(true)}>
                  Done, with a note…
                </Button>
              ) : null}
            </>
          )}
        </p>
        {noting ? null : <Problem problem={action.problem} />}
      </div>
      <SelectField
        label="Owner"
        value={assignee?.id ?? ""}
        disabled={!may || action.isPending}
        onChange={(event) => action.mutate({ assigneeId: event.target.value || null })}
      >
        <option value="">Nobody</option>
        {assignee && !choices.some((person) => person.id === assignee.id) ? (
          <option value={assignee.id}>{assignee.name}</option>
        ) : null}
        {choices.map((person) => (
          <option key={person.id} value={person.id}>
            {person.name}
          </option>
        ))}
      </SelectField>
      <ReasonDialog
        open={noting}
        onOpenChange={setNoting}
        title={title}
        label="Note"
        action="Done"
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(note) => action.mutate({ done: true, note })}
      />
    </li>
  )
}
