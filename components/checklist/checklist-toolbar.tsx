"use client"
import { Play, Search } from "lucide-react"
import { itemLooks } from "@/components/status/tones"
import { Button } from "@/components/ui/button"
import { Kbd } from "@/components/ui/kbd"
import { Problem } from "@/components/ui/problem"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { roles, roleTitles } from "@/lib/domain/access/roles"
import type { ItemStatus } from "@/lib/domain/release/state"
import type { ChecklistFilter } from "./checklist-filter"

const control = "h-8 rounded-md border border-control bg-surface px-2 text-sm"

export function ChecklistToolbar({
  filter,
  onFilter,
}: {
  filter: ChecklistFilter
  onFilter(filter: ChecklistFilter): void
}) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label className="flex h-8 min-w-0 flex-1 basis-48 items-center gap-2 rounded-md border border-control bg-surface px-2.5 sm:max-w-xs">
        <Search className="size-3.5 shrink-0 text-ink-3" aria-hidden />
        <span className="sr-only">Filter the checklist</span>
        <input
          id="checklist-filter"
          value={filter.text}
          onChange={(event) => onFilter({ ...filter, text: event.target.value })}
          placeholder="Filter"
          className="min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-ink-3"
        />
        <Kbd>/</Kbd>
      </label>
      <label>
        <span className="sr-only">State</span>
        <select
          className={control}
          value={filter.status}
          onChange={(event) => onFilter({ ...filter, status: event.target.value as ChecklistFilter["status"] })}
        >
          <option value="">Any state</option>
          <option value="todo">Holds the gate</option>
          <option value="automatic">Proved by a check</option>
          {(Object.keys(itemLooks) as ItemStatus[]).map((status) => (
            <option key={status} value={status}>
              {itemLooks[status].word}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="sr-only">Owner</span>
        <select
          className={control}
          value={filter.owner}
          onChange={(event) => onFilter({ ...filter, owner: event.target.value as ChecklistFilter["owner"] })}
        >
          <option value="">Any owner</option>
          {roles.map((role) => (
            <option key={role} value={role}>
              {roleTitles[role]}
            </option>
          ))}
          <option value="none">Nobody</option>
        </select>
      </label>
      <RunAllChecks />
    </div>
  )
}

/** Runs every bound check that does not hold now. */
function RunAllChecks() {
  const items = useRelease((release) => release.items)
  const preparing = useRelease((release) => release.status === "preparing")
  const may = useMay("checklist.check")
  const { runCheck } = useReleaseMutations()
  const due = Object.values(items).filter((item) => item.check && !item.checking && item.state !== "passed")
  const running = Object.values(items).filter((item) => item.checking).length
  const all = useAction(async () => {
    for (const item of due) await runCheck(item.key)
  })
  return (
    <div className="flex items-center gap-2 sm:ml-auto">
      {running > 0 ? (
        <span role="status" className="text-ink-2 text-xs">
          {running} {running === 1 ? "check runs" : "checks run"}
        </span>
      ) : null}
      <Button onClick={() => all.mutate()} busy={all.isPending} disabled={!may || !preparing || due.length === 0}>
        <Play aria-hidden /> Prove all
        <span className="text-ink-3 text-xs">{due.length}</span>
      </Button>
      <Problem problem={all.problem} />
    </div>
  )
}
