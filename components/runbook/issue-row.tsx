import { StatusShape } from "@/components/status/status-mark"
import { cn } from "@/components/ui/cn"
import { CopyButton } from "@/components/ui/copy-button"
import type { MatchedIssue } from "@/lib/domain/runbook/match-issues"

/** A common issue by its symptoms; one that fits what fires says why. */
export function IssueRow({ issue: { key, issue, symptoms, solution, because } }: { issue: MatchedIssue }) {
  const fits = because.length > 0
  return (
    <li
      data-testid={`issue-${key}`}
      data-fits={fits}
      className={cn("flex items-start gap-3 px-4 py-2.5 text-sm", fits && "bg-fail/8")}
    >
      <div className="min-w-0 flex-1">
        <p className="font-medium">{issue}</p>
        {because.map((words) => (
          <p key={words} className="flex items-start gap-1.5 text-fail text-xs">
            <StatusShape tone="fail" className="mt-px size-3.5" /> Fits: {words}
          </p>
        ))}
        <p className="text-ink-2">
          <span className="text-ink-3">Seen as</span> {symptoms}
        </p>
        <p className="text-ink-2">
          <span className="text-ink-3">Do</span> {solution}
        </p>
      </div>
      <CopyButton text={solution} aria-label={`Copy what to do about ${issue}`} />
    </li>
  )
}
