"use client"
import { StatusShape } from "@/components/status/status-mark"
import type { Tone } from "@/components/status/tones"
import { Panel } from "@/components/ui/panel"
import { formatDuration } from "@/lib/client/format"
import { groupBy } from "@/lib/client/group-by"
import type { RunState, StepState } from "@/lib/domain/release/state"
import { StepRow } from "./step-row"

/** A run as lanes: one for each phase, its steps in order; those side by side share a bracket. */
export function RunPhases({ run }: { run: RunState }) {
  return (
    <ol className="grid gap-4">
      {[...groupBy(run.steps, (step) => step.phase)].map(([phase, steps]) => (
        <li key={phase}>
          <Panel
            title={
              <span className="flex items-center gap-2">
                <StatusShape tone={phaseTone(steps)} />
                {steps[0]?.phaseTitle}
              </span>
            }
            aside={<PhaseTimes steps={steps} />}
          >
            <ol className="divide-y">
              {steps.map((step, index) => (
                <li key={step.key}>
                  <StepRow runId={run.id} step={step} beside={besides(steps, index)} />
                </li>
              ))}
            </ol>
          </Panel>
        </li>
      ))}
    </ol>
  )
}

function PhaseTimes({ steps }: { steps: StepState[] }) {
  const workingMs = steps.reduce((sum, step) => sum + step.workingMs, 0)
  const waitingMs = steps.reduce((sum, step) => sum + step.waitingMs, 0)
  const done = steps.filter((step) => step.status === "passed" || step.status === "skipped").length
  return (
    <>
      {workingMs > 0 ? <span>worked {formatDuration(workingMs)}</span> : null}
      {waitingMs > 0 ? <span>waited {formatDuration(waitingMs)}</span> : null}
      <span>
        {done}/{steps.length}
      </span>
    </>
  )
}

function besides(steps: StepState[], index: number): boolean {
  const mine = steps[index]?.parallel
  return Boolean(mine && (steps[index - 1]?.parallel === mine || steps[index + 1]?.parallel === mine))
}

function phaseTone(steps: StepState[]): Tone {
  const has = (...statuses: StepState["status"][]) => steps.some((step) => statuses.includes(step.status))
  if (has("failed", "timed_out")) return "fail"
  if (has("waiting")) return "wait"
  if (has("interrupted")) return "warn"
  if (has("running")) return "busy"
  if (has("aborted")) return "off"
  if (steps.every((step) => step.status === "passed" || step.status === "skipped")) return "pass"
  return has("passed") ? "busy" : "none"
}
