"use client"
import { RotateCcw } from "lucide-react"
import { useState } from "react"
import { Button, type ButtonProps } from "@/components/ui/button"
import { useMay } from "@/lib/client/release-context"
import type { RollbackOption } from "@/lib/domain/release/state"
import { RollbackDialog } from "./rollback-dialog"

/** Rolling back by hand: no gate stands before it, only a role, a reason and a look at what it does not undo. */
export function RollBack({
  primary,
  triggerKey,
  reason,
  label = "Roll back",
  option,
  ...props
}: {
  primary?: boolean
  triggerKey?: string
  reason?: string
  label?: string
  option?: RollbackOption
} & ButtonProps) {
  const may = useMay("rollback.start")
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        tone={primary ? "danger" : "secondary"}
        size="lg"
        disabled={!may}
        title={may ? undefined : "Your roles do not roll back"}
        onClick={() => setOpen(true)}
        {...props}
      >
        <RotateCcw aria-hidden /> {label}
      </Button>
      {open ? <RollbackDialog onClose={() => setOpen(false)} {...{ triggerKey, reason, option }} /> : null}
    </>
  )
}
