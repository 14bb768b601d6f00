"use client"
import { CloseRelease } from "@/components/cockpit/close-release"
import { StatusMark } from "@/components/status/status-mark"
import { Panel } from "@/components/ui/panel"
import { useRelease } from "@/lib/client/release-context"
import { readStillOpen } from "./read-still-open"
import { StillOpen } from "./still-open"

/** The end of the release, with what would be left undone. */
export function ClosePanel() {
  const status = useRelease((release) => release.status)
  const open = useRelease(readStillOpen)
  if (status !== "watching" && status !== "rolled_back") return null
  return (
    <Panel title="Close the release" id="close-release">
      <div className="grid grid-cols-1 gap-3 px-4 py-3">
        {open.length > 0 ? (
          <StillOpen open={open} />
        ) : (
          <StatusMark look={{ tone: "pass", word: "Nothing is left open" }} />
        )}
        <div>
          <CloseRelease size="md" tone={open.length > 0 ? "secondary" : "primary"} />
        </div>
      </div>
    </Panel>
  )
}
