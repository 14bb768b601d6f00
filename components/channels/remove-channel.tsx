"use client"
import { useQueryClient } from "@tanstack/react-query"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Problem } from "@/components/ui/problem"
import { useToast } from "@/components/ui/toaster"
import { channelsQuery, removeChannel } from "@/lib/client/channels-query"
import { useWrite } from "@/lib/client/use-write"
import type { ChannelView } from "@/lib/contracts/api/channels"

/** Its secrets are gone for good, so it is asked once more. */
export function RemoveChannel({
  place,
  channel: { name, revision, health },
  onClose,
}: {
  place: { service: string; channelId: string }
  channel: ChannelView
  onClose(): void
}) {
  const client = useQueryClient()
  const toast = useToast()
  const remove = useWrite(
    () => removeChannel(place, revision),
    () => {
      toast({ message: `${name} is removed` })
      onClose()
      return client.invalidateQueries(channelsQuery(place.service))
    },
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`Remove ${name}?`}
      description="Its secrets are gone with it. What it told stays on the record of each release."
    >
      <div className="grid grid-cols-1 gap-3">
        {health.waiting > 0 ? (
          <p className="text-sm">
            {health.waiting} {health.waiting === 1 ? "message still waits" : "messages still wait"} for it and will not
            be sent.
          </p>
        ) : null}
        <Problem problem={remove.problem} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            Remove channel
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
