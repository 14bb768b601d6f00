"use client"
import { EvidenceView } from "@/components/evidence/evidence-view"
import { StatusMark } from "@/components/status/status-mark"
import { stepLooks } from "@/components/status/tones"
import { Instant } from "@/components/time/instant"
import { Disclosure } from "@/components/ui/disclosure"
import { formatDuration } from "@/lib/client/format"
import { useRelease } from "@/lib/client/release-context"
import type { StepState } from "@/lib/domain/release/state"
import { DocumentedStep } from "./documented-step"
import { StepLog } from "./step-log"

export function StepDetails({ runId, step }: { runId: string; step: StepState }) {
  const zone = useRelease((release) => release.window.zone)
  return (
    <div className="grid gap-3 px-4 pb-4 sm:pl-[2.6rem]">
      {step.startedAt ? <StepLog runId={runId} step={step} /> : null}
      {step.evidenceId ? (
        <Disclosure summary="Evidence">
          <EvidenceView evidence={{ id: step.evidenceId }} />
        </Disclosure>
      ) : null}
      {step.attempts.length > 1 ? (
        <Disclosure summary={`${step.attempts.length} attempts`}>
          <div className="overflow-x-auto">
            <table className="w-full text-left text-sm">
              <thead>
                <tr className="border-b text-ink-3 text-xs">
                  {["No.", "Began", "Took", "Result", "What it said"].map((title) => (
                    <th key={title} scope="col" className="py-1 pr-4 font-normal">
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {step.attempts.map((attempt) => (
                  <tr key={attempt.n} className="border-b align-top last:border-0">
                    <td className="py-1.5 pr-4">{attempt.n}</td>
                    <td className="py-1.5 pr-4">
                      <Instant at={attempt.startedAt} zone={zone} how="seconds" />
                    </td>
                    <td className="py-1.5 pr-4">
                      {attempt.finishedAt
                        ? formatDuration(Date.parse(attempt.finishedAt) - Date.parse(attempt.startedAt))
                        : "–"}
                    </td>
                    <td className="py-1.5 pr-4">
                      <StatusMark look={stepLooks[attempt.status]} />
                    </td>
                    <td className="break-words py-1.5">{attempt.summary}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Disclosure>
      ) : null}
      <DocumentedStep stepKey={step.key} phase={step.phase} />
    </div>
  )
}
