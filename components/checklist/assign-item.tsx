"use client"
import { useQuery } from "@tanstack/react-query"
import { AlarmClock } from "lucide-react"
import { SelectField, TextField } from "@/components/ui/field"
import { Problem } from "@/components/ui/problem"
import { peopleQuery } from "@/lib/client/people-query"
import { useMay, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { useNow } from "@/lib/client/use-now"
import type { ChecklistItem, ItemStatus } from "@/lib/domain/release/state"
import { isOverdue } from "./checklist-view"

/** Whom an item is for, and until when. */
export function AssignItem({ item, status }: { item: ChecklistItem; status: ItemStatus }) {
  const may = useMay("checklist.edit")
  const nowMs = useNow(5_000)
  const { patchItem } = useReleaseMutations()
  const people = useQuery({ ...peopleQuery, enabled: may })
  const action = useAction((change: { assigneeId?: string | null; dueAt?: string | null }) =>
    patchItem({ key: item.key, revision: item.revision, ...change }),
  )
  const choices = people.data ?? []
  return (
    <div className="grid gap-3">
      <div className="grid items-start gap-3 min-[1800px]:grid-cols-2">
        <SelectField
          label="Assigned to"
          value={item.assignee?.id ?? ""}
          disabled={!may || action.isPending}
          onChange={(event) => action.mutate({ assigneeId: event.target.value || null })}
        >
          <option value="">Nobody</option>
          {item.assignee && !choices.some((person) => person.id === item.assignee?.id) ? (
            <option value={item.assignee.id}>{item.assignee.name}</option>
          ) : null}
          {choices.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </SelectField>
        <TextField
          key={item.dueAt}
          label="Due"
          type="datetime-local"
          defaultValue={item.dueAt ? localValue(item.dueAt) : ""}
          disabled={!may || action.isPending}
          hint={
            isOverdue(item, status, nowMs) ? (
              <span className="inline-flex items-center gap-1 text-fail">
                <AlarmClock className="size-3" aria-hidden /> Overdue
              </span>
            ) : undefined
          }
          onBlur={(event) => {
            const { value } = event.target
            const next = value ? new Date(value).toISOString() : null
            if (next !== item.dueAt) action.mutate({ dueAt: next })
          }}
        />
      </div>
      <Problem problem={action.problem} />
    </div>
  )
}

/** `2026-11-24T16:00` on the person's wall clock, as the input wants it. */
function localValue(iso: string): string {
  const date = new Date(iso)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
