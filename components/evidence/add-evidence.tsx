"use client"
import { Plus } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { Kbd } from "@/components/ui/kbd"
import { useMay, useRelease } from "@/lib/client/release-context"
import type { ChecklistItem } from "@/lib/domain/release/state"
import type { Brought } from "./brought"
import { EvidenceForm } from "./evidence-form"

/** Lets somebody bring evidence: a button until it is wanted, or until something is dropped or pasted. */
export function AddEvidence({
  item,
  focus,
  onFocused,
  brought,
  onTaken,
}: {
  item: ChecklistItem
  focus: boolean
  onFocused(): void
  brought: Brought | null
  onTaken(): void
}) {
  const may = useMay("evidence.add")
  const closed = useRelease((release) => release.status === "closed")
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const able = may && !closed
  useEffect(() => {
    if (!focus) return
    setOpen(able)
    onFocused()
  }, [focus, onFocused, able])
  if (!able) return null
  if (!open) {
    return (
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button ref={button} size="sm" data-act="evidence" onClick={() => setOpen(true)}>
          <Plus aria-hidden /> Add evidence <Kbd>e</Kbd>
        </Button>
        <span className="text-ink-3 text-xs">or drop a file onto the item, or paste</span>
      </div>
    )
  }
  return (
    <EvidenceForm
      item={item}
      brought={brought}
      onTaken={onTaken}
      onEnd={() => {
        setOpen(false)
        // The form takes the focus with it as it goes.
        requestAnimationFrame(() => button.current?.focus())
      }}
    />
  )
}
