"use client"
import { Panel } from "@/components/ui/panel"
import { useRelease, useSnapshot } from "@/lib/client/release-context"
import { IssueRow } from "./issue-row"
import { LogQueries } from "./log-queries"
import { readIssues } from "./read-runbook"
import { SafeActs } from "./safe-acts"

/** The playbook's runbook with what fires now held against it: what fits is on top, with why. */
export function RunbookPanel({ className }: { className?: string }) {
  const playbook = useSnapshot((snapshot) => snapshot.playbook)
  const release = useRelease()
  const issues = readIssues(playbook, release)
  const matching = issues.filter(({ because }) => because.length > 0)
  return (
    <Panel
      title="Runbook"
      id="runbook"
      className={className}
      aside={
        matching.length > 0 ? (
          <span className="text-fail">{matching.length} fit what fires</span>
        ) : (
          <span>nothing fits now</span>
        )
      }
    >
      {issues.length > 0 ? (
        <section aria-label="Common issues" className="border-b last:border-0">
          <ul className="divide-y" data-testid="runbook-issues">
            {issues.map((issue) => (
              <IssueRow key={issue.key} issue={issue} />
            ))}
          </ul>
        </section>
      ) : null}
      <SafeActs />
      <LogQueries />
    </Panel>
  )
}
