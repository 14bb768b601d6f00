import { StatusMark } from "@/components/status/status-mark"
import { cn } from "@/components/ui/cn"
import { CopyButton } from "@/components/ui/copy-button"
import type { RunbookIssue } from "./read-runbook"

/** A common issue by its symptoms; one that fits what fires says why. */
export function IssueRow({ issue: { key, issue, symptoms, solution, because } }: { issue: RunbookIssue }) {
  return (
    <li
      data-testid={`issue-${key}`}
      data-matches={because !== null}
      className={cn("flex items-start gap-3 px-4 py-2.5 text-sm", because && "bg-fail/8")}
    >
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-3 font-medium">
          {issue}
          {because ? (
            <StatusMark look={{ tone: "fail", word: `Fits: ${because}` }} className="text-xs whitespace-normal" />
          ) : null}
        </p>
        <p className="text-ink-2">
          <span className="text-ink-3">Seen as</span> {symptoms}
        </p>
        <p className="text-ink-2">
          <span className="text-ink-3">Do</span> {solution}
        </p>
      </div>
      <CopyButton text={solution} label="Copy" aria-label={`Copy what to do about ${issue}`} />
    </li>
  )
}
