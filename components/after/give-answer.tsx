"use client"
import { Check, MessageSquarePlus, X } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Problem } from "@/components/ui/problem"
import { useMay } from "@/lib/client/release-context"
import { AnswerDialog } from "./answer-dialog"
import { useJudge } from "./use-judge"

interface GiveAnswerProps {
  roundKey: string
  itemKey: string
  title: string
}

/** A person's word on one thing of a round: fine in one press, anything else with a note. */
export function GiveAnswer({ title, ...part }: GiveAnswerProps) {
  const may = useMay("round.judge")
  const [asked, setAsked] = useState<{ ok: boolean } | null>(null)
  const action = useJudge(part, () => setAsked(null))
  const off = { disabled: !may, title: may ? undefined : "Your roles do not do rounds" }
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button
          {...off}
          data-act="fine"
          busy={action.isPending}
          aria-label={`Fine: ${title}`}
          onClick={() => action.mutate({ ok: true })}
        >
          <Check aria-hidden /> Fine
        </Button>
        <Button {...off} data-act="not-fine" aria-label={`Not fine: ${title}`} onClick={() => setAsked({ ok: false })}>
          <X aria-hidden /> Not fine…
        </Button>
        <Button
          {...off}
          tone="quiet"
          className="px-2"
          title={off.title ?? "Fine, with a note"}
          aria-label={`Fine, with a note: ${title}`}
          onClick={() => setAsked({ ok: true })}
        >
          <MessageSquarePlus aria-hidden />
        </Button>
      </div>
      {asked ? null : <Problem problem={action.problem} className="basis-full" />}
      {asked ? <AnswerDialog ok={asked.ok} title={title} action={action} onClose={() => setAsked(null)} /> : null}
    </>
  )
}
