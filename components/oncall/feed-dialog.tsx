"use client"
import { Button } from "@/components/ui/button"
import { CopyButton } from "@/components/ui/copy-button"
import { Dialog } from "@/components/ui/dialog"
import { Notice } from "@/components/ui/notice"
import { Problem } from "@/components/ui/problem"
import { oncallMutations } from "@/lib/client/oncall-query"
import { useWrite } from "@/lib/client/use-write"
import type { RotaView } from "@/lib/contracts/api/oncall"

/** A calendar's address for the rota: made, replaced, revoked. It is shown once. */
export function FeedDialog({ rota, onClose, onChanged }: { rota: RotaView; onClose(): void; onChanged(): void }) {
  const issue = useWrite(() => oncallMutations.issueFeed(rota.id), onChanged)
  const revoke = useWrite(
    () => oncallMutations.revokeFeed(rota.id),
    () => {
      issue.reset()
      onChanged()
    },
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Calendar feed: ${rota.name}`}
      description="Calendars subscribe to its address and keep themselves up to date. Whoever knows the address can read the rota."
    >
      <div className="grid grid-cols-1 gap-4">
        {issue.data ? (
          <Notice tone="pass" live actions={<CopyButton text={issue.data.address} />}>
            <p className="font-medium">Copy it now: it is not shown again.</p>
            <p className="mt-0.5 break-all font-mono text-xs" data-testid="feed-address">
              {issue.data.address}
            </p>
          </Notice>
        ) : (
          <p className="text-sm">
            {rota.hasFeed
              ? "There is an address. It cannot be shown again; a new one takes its place, and calendars that use the old one stop."
              : "There is no address yet."}
          </p>
        )}
        <Problem problem={issue.problem ?? revoke.problem} />
        <div className="flex flex-wrap justify-end gap-2">
          {rota.hasFeed ? (
            <Button busy={revoke.isPending} onClick={() => revoke.mutate()}>
              Revoke
            </Button>
          ) : null}
          <Button tone="primary" busy={issue.isPending} onClick={() => issue.mutate()}>
            {rota.hasFeed ? "Make a new address" : "Make an address"}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
