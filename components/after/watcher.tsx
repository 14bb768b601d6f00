"use client"
import { useState } from "react"
import { OnCallNow } from "@/components/oncall/on-call-now"
import { Button } from "@/components/ui/button"
import { useMay, useRelease } from "@/lib/client/release-context"
import { HandOver } from "./hand-over"

/** Who has the watch: a person it was handed to, or whoever is on call, and who that is. */
export function Watcher() {
  const watcher = useRelease((release) => release.rounds?.watcher ?? null)
  const service = useRelease((release) => release.service.key)
  return (
    <span data-testid="watcher" className="font-normal">
      {watcher ? (
        watcher.name
      ) : (
        <>
          Whoever is on call <OnCallNow service={service} className="align-bottom" />
        </>
      )}
    </span>
  )
}

export function HandOverButton() {
  const may = useMay("round.judge")
  const [open, setOpen] = useState(false)
  return (
    <>
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
