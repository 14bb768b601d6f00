"use client"
import { useRouter } from "next/navigation"
import { useMemo, useState } from "react"
import { type Command, useCommands } from "@/components/shell/commands"
import { useHotkeys } from "@/components/shell/use-hotkeys"
import { Dialog } from "@/components/ui/dialog"
import { plainLine } from "@/components/ui/inline-code"
import { useRelease } from "@/lib/client/release-context"
import { KeyboardHelp } from "./keyboard-help"

const places = [
  { key: "c", path: "checklist", title: "Checklist" },
  { key: "s", path: "signoffs", title: "Sign-offs" },
  { key: "d", path: "deploy", title: "Deploy" },
  { key: "v", path: "verify", title: "Verify" },
  { key: "r", path: "rollback", title: "Rollback" },
  { key: "i", path: "incident", title: "Incident" },
  { key: "a", path: "after", title: "After" },
  { key: "t", path: "timeline", title: "Timeline" },
] as const

/** Keys and palette entries of a release. */
export function ReleaseCommands({ onTimeline }: { onTimeline(): void }) {
  const router = useRouter()
  const id = useRelease((release) => release.id)
  const items = useRelease((release) => release.items)
  const [help, setHelp] = useState(false)

  const titles = Object.values(items)
    .map((item) => `${item.key}\n${plainLine(item.title)}`)
    .join("\n\n")
  useCommands(
    useMemo<Command[]>(
      () => [
        ...places.map((place) => ({
          id: `go-${place.path}`,
          label: place.title,
          group: "This release",
          keys: `g ${place.key}`,
          run: () => router.push(`/releases/${id}/${place.path}`),
        })),
        { id: "timeline-drawer", label: "Open the timeline beside", group: "This release", keys: "t", run: onTimeline },
        { id: "keys", label: "Keyboard shortcuts", group: "This release", keys: "?", run: () => setHelp(true) },
        ...titles
          .split("\n\n")
          .filter(Boolean)
          .map((entry) => {
            const [key = "", title = ""] = entry.split("\n")
            return {
              id: `item-${key}`,
              label: title,
              group: "Checklist",
              run: () => router.push(`/releases/${id}/checklist#item-${key}`),
            }
          }),
      ],
      [router, id, titles, onTimeline],
    ),
  )
  useHotkeys({
    "?": () => setHelp(true),
    t: onTimeline,
    "g w": () => router.push("/work"),
    ...Object.fromEntries(
      places.map((place) => [`g ${place.key}`, () => router.push(`/releases/${id}/${place.path}`)]),
    ),
  })
  return (
    <Dialog open={help} onOpenChange={setHelp} title="Keyboard">
      <KeyboardHelp />
    </Dialog>
  )
}
