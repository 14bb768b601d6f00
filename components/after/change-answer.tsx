"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { useMay } from "@/lib/client/release-context"
import { AnswerDialog } from "./answer-dialog"
import { useJudge } from "./use-judge"

interface ChangeAnswerProps {
  roundKey: string
  itemKey: string
  title: string
  ok: boolean
}

/** Until the round closes, a person may say otherwise, with the reason. */
export function ChangeAnswer({ title, ok, ...part }: ChangeAnswerProps) {
  const may = useMay("round.judge")
  const [open, setOpen] = useState(false)
  const action = useJudge(part, () => setOpen(false))
  if (!may) return null
  return (
    <>
      <Button
        size="sm"
        tone="quiet"
        aria-label={`${ok ? "Not fine after all" : "Fine all the same"}: ${title}`}
        onClick={() => setOpen(true)}
      >
        {ok ? "Not fine…" : "Fine all the same…"}
      </Button>
      {open ? <AnswerDialog ok={!ok} title={title} action={action} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
