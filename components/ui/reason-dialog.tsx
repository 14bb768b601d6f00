"use client"
import { type ReactNode, useState } from "react"
import type { ApiProblem } from "@/lib/client/api"
import { Button } from "./button"
import { Dialog } from "./dialog"
import { TextArea } from "./field"
import { Problem } from "./problem"

interface ReasonDialogProps {
  open: boolean
  onOpenChange(open: boolean): void
  title: string
  description?: ReactNode
  label?: string
  action: string
  danger?: boolean
  /** The reason may be left out. */
  optional?: boolean
  minLength?: number
  /** What stands there to begin with. */
  initial?: string
  busy: boolean
  problem: ApiProblem | null
  /** Further fields, before the reason. */
  children?: ReactNode
  onSubmit(reason: string): void
}

/** Asks why, then acts: for what goes on record with a reason. */
export function ReasonDialog({
  open,
  onOpenChange,
  title,
  description,
  action,
  busy,
  problem,
  ...props
}: ReasonDialogProps) {
  const [reason, setReason] = useState(props.initial ?? "")
  const enough = props.optional || reason.trim().length >= (props.minLength ?? 1)
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description}>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (enough) props.onSubmit(reason.trim())
        }}
      >
        {props.children}
        <TextArea
          label={props.label ?? (props.optional ? "Reason (optional)" : "Reason")}
          hint={
            props.minLength && props.minLength > 1
              ? `At least ${props.minLength} characters. It goes on the record.`
              : "It goes on the record."
          }
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={4000}
          error={problem?.fields.reason}
          autoFocus
        />
        <Problem problem={problem} />
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" tone={props.danger ? "danger" : "primary"} busy={busy} disabled={!enough}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
