"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { useMay, useRelease } from "@/lib/client/release-context"
import { HandOver } from "./hand-over"

/** Who has the watch, and the way to hand it over. */
export function Watcher() {
  const watcher = useRelease((release) => release.rounds?.watcher ?? null)
  const may = useMay("round.judge")
  const [open, setOpen] = useState(false)
  return (
    <>
      <span data-testid="watcher" className="text-ink text-sm">
        {watcher ? watcher.name : "Whoever is on call"}
      </span>
      <Button
        size="sm"
        disabled={!may}
        title={may ? undefined : "Your roles do not do rounds"}
        onClick={() => setOpen(true)}
      >
        Hand over…
      </Button>
      {open ? <HandOver onClose={() => setOpen(false)} /> : null}
    </>
  )
}
