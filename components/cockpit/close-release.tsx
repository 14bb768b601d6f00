"use client"
import { CircleCheck } from "lucide-react"
import { useState } from "react"
import { readStillOpen } from "@/components/after/read-still-open"
import { StillOpen } from "@/components/after/still-open"
import { Button, type ButtonProps } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"

/** Ends the release. What that leaves undone is named, and then it takes a word of why. */
export function CloseRelease(props: ButtonProps) {
  const watching = useRelease((release) => release.status === "watching")
  const open = useRelease(readStillOpen)
  const { close } = useReleaseMutations()
  const may = useMay("release.close")
  const [asked, setAsked] = useState(false)
  const action = useAction((note: string) => close(note || undefined), { onDone: () => setAsked(false) })
  return (
    <>
      <Button
        tone="primary"
        size="lg"
        disabled={!may}
        title={may ? undefined : "Your roles do not close releases"}
        onClick={() => setAsked(true)}
        {...props}
      >
        <CircleCheck aria-hidden /> Close release
      </Button>
      <ReasonDialog
        open={asked}
        onOpenChange={setAsked}
        title="Close this release"
        description={
          watching
            ? "The rollback triggers are disarmed and the metrics are no longer sampled. The record stays."
            : "Nothing more happens to this release. The record stays."
        }
        label={open.length > 0 ? "Why it is closed all the same" : "Note (optional)"}
        action="Close release"
        optional={open.length === 0}
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(note) => action.mutate(note)}
      >
        {open.length > 0 ? <StillOpen open={open} /> : null}
      </ReasonDialog>
    </>
  )
}
