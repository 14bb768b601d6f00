"use client"
import { ChevronRight } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { StatusMark } from "@/components/status/status-mark"
import { stepLooks } from "@/components/status/tones"
import { cn } from "@/components/ui/cn"
import type { StepState } from "@/lib/domain/release/state"
import { StepDetails } from "./step-details"
import { StepPrompt } from "./step-prompt"
import { StepTime } from "./step-time"

/** A step in its lane. It opens by itself while it works or when it failed, until someone says otherwise. */
export function StepRow({ runId, step, beside }: { runId: string; step: StepState; beside?: boolean }) {
  const telling = step.status === "running" || step.status === "failed" || step.status === "timed_out"
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? telling
  const status = useRef(step.status)
  useEffect(() => {
    if (status.current === step.status) return
    status.current = step.status
    setChosen((was) => (was === true ? true : null))
  }, [step.status])
  return (
    <div
      data-testid={`step-${step.key}`}
      data-status={step.status}
      className={cn(
        "relative",
        beside &&
          "before:absolute before:inset-y-2 before:left-1 before:w-0.5 before:rounded-full before:bg-line-strong",
      )}
    >
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setChosen(!open)}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-left hover:bg-hover/60"
      >
        <ChevronRight
          className={cn("size-3.5 shrink-0 text-ink-3 transition-transform", open && "rotate-90")}
          aria-hidden
        />
        <span className="min-w-0 flex-1 basis-48">
          <span className="block font-medium text-sm">{step.title}</span>
          {step.summary ? <span className="block break-words text-ink-2 text-xs">{step.summary}</span> : null}
        </span>
        {step.attempt > 1 ? <span className="text-ink-3 text-xs">attempt {step.attempt}</span> : null}
        {step.adopted ? <span className="text-ink-3 text-xs">found already done</span> : null}
        {beside ? <span className="sr-only">runs beside others</span> : null}
        <StepTime step={step} />
        <StatusMark look={stepLooks[step.status]} className="min-w-[5.5rem]" />
      </button>
      {step.status === "waiting" || step.status === "pending" || step.status === "interrupted" ? (
        <StepPrompt runId={runId} step={step} />
      ) : null}
      {open ? <StepDetails runId={runId} step={step} /> : null}
    </div>
  )
}
