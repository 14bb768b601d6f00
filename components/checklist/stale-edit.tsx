"use client"
import { itemLooks } from "@/components/status/tones"
import { Ago } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import type { ApiProblem } from "@/lib/client/api"
import { useRelease } from "@/lib/client/release-context"
import type { ChecklistItem } from "@/lib/domain/release/state"
import type { ItemChange } from "./use-item"

/** Somebody was faster: who, when, and what it is now. Theirs stays unless one says otherwise. */
export function StaleEdit({
  problem,
  wish,
  onRetry,
  onDismiss,
}: {
  problem: ApiProblem
  wish: ItemChange | undefined
  onRetry(change: ItemChange): void
  onDismiss(): void
}) {
  const zone = useRelease((release) => release.window.zone)
  const current = problem.detail.current as ChecklistItem | undefined
  return (
    <Notice
      tone="warn"
      live
      className="mx-3 mb-3"
      actions={
        <>
          {wish && current ? (
            <Button size="sm" onClick={() => onRetry({ ...wish, revision: current.revision })}>
              Set it to {itemLooks[wish.state].word.toLowerCase()} anyway
            </Button>
          ) : null}
          <Button size="sm" tone="quiet" onClick={onDismiss}>
            Leave it
          </Button>
        </>
      }
    >
      {current?.at ? (
        <>
          {current.by ?? "Somebody"} changed this <Ago at={current.at} zone={zone} />: now{" "}
          <strong className="font-medium">{itemLooks[current.state].word.toLowerCase()}</strong>. Yours was not applied.
        </>
      ) : (
        problem.message
      )}
    </Notice>
  )
}
