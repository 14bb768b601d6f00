"use client"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import type { Judging } from "./use-judge"

interface AnswerDialogProps {
  ok: boolean
  title: string
  action: Judging
  onClose(): void
}

export function AnswerDialog({ ok, title, action, onClose }: AnswerDialogProps) {
  const word = ok ? "Fine" : "Not fine"
  return (
    <ReasonDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${word}: ${title}`}
      label={ok ? "Note" : "What is not fine?"}
      action={word}
      danger={!ok}
      busy={action.isPending}
      problem={action.problem}
      onSubmit={(note) => action.mutate({ ok, note })}
    />
  )
}
