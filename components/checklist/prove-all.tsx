"use client"
import { ChevronDown, Play } from "lucide-react"
import { Button } from "@/components/ui/button"
import { Kbd } from "@/components/ui/kbd"
import { Menu, MenuItem } from "@/components/ui/menu"
import { Problem } from "@/components/ui/problem"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { useNow } from "@/lib/client/use-now"
import { itemsToProve, type ProofWish } from "@/lib/domain/checklist/decide-proof"
import type { ReleaseState } from "@/lib/domain/release/state"

type Wish = Extract<ProofWish, string>

/** Has every item that proves itself proved in one go; which of them, by the menu. */
export function ProveAll() {
  const nowMs = useNow(5_000)
  const unproved = useRelease((release) => waiting(release, "unproved", nowMs))
  const stale = useRelease((release) => waiting(release, "stale", nowMs))
  const all = useRelease((release) => waiting(release, "all", nowMs))
  const running = useRelease((release) => Object.values(release.items).some((item) => item.checking))
  const preparing = useRelease((release) => release.status === "preparing")
  const may = useMay("checklist.check")
  const { prove } = useReleaseMutations()
  const action = useAction((which: Wish) => prove({ which }))
  const able = may && preparing && !action.isPending
  const why = !may
    ? "Your roles do not run checks"
    : !preparing
      ? "Checks run while the release is being prepared"
      : null
  return (
    <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
      <div className="flex">
        <Button
          data-testid="prove-all"
          data-act="prove-all"
          className="rounded-r-none"
          busy={action.isPending}
          disabled={!able || unproved === 0}
          title={
            why ??
            (unproved === 0 ? "Whatever proves itself holds now, or is being proved" : "Prove what does not hold now")
          }
          onClick={() => action.mutate("unproved")}
        >
          <Play aria-hidden />
          {words(unproved, running)}
          <span className="max-sm:hidden">
            <Kbd>⇧ P</Kbd>
          </span>
        </Button>
        <Menu
          trigger={
            <Button
              className="-ml-px rounded-l-none px-2"
              aria-label="What else to prove"
              disabled={!able || all === 0}
            >
              <ChevronDown aria-hidden />
            </Button>
          }
        >
          <MenuItem disabled={stale === 0} onSelect={() => action.mutate("stale")}>
            <span className="flex-1">Prove stale</span>
            <span className="text-ink-3 text-xs">{stale}</span>
          </MenuItem>
          <MenuItem disabled={all === 0} onSelect={() => action.mutate("all")}>
            <span className="flex-1">Prove everything afresh</span>
            <span className="text-ink-3 text-xs">{all}</span>
          </MenuItem>
        </Menu>
      </div>
      <Problem problem={action.problem} />
    </div>
  )
}

function words(unproved: number, running: boolean): string {
  if (unproved === 0) return running ? "Proving…" : "Nothing to prove"
  return unproved === 1 ? "Prove 1 item" : `Prove ${unproved} items`
}

/** How many checks would be queued: what is under way already is not asked for twice. */
function waiting(release: ReleaseState, wish: Wish, nowMs: number): number {
  return itemsToProve(release, wish, nowMs).filter((item) => !item.checking).length
}
