import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { commandFacts, fillCommand } from "@/lib/domain/runbook/fill-command"
import { firingAlerts, type MatchedIssue, matchIssues } from "@/lib/domain/runbook/match-issues"
import type { Playbook } from "@/lib/playbook/schema"

/** The common issues, those on top that fit what fires now. */
export function readIssues(
  { runbook, thresholds }: Pick<Playbook, "runbook" | "thresholds">,
  release: Pick<ReleaseState, "triggers" | "thresholds" | "rounds">,
): MatchedIssue[] {
  const metricOf = ({ level, key }: { level: string; key: string }) =>
    own(thresholds, level)?.find((threshold) => threshold.key === key)?.rule?.metric ?? null
  return matchIssues(runbook.issues, firingAlerts(release, metricOf))
}

/** Where the logs are, filled in for this release and environment: from its switch on. */
export function readLogs({ runbook }: Pick<Playbook, "runbook">, release: ReleaseState) {
  const facts = commandFacts(release)
  return runbook.logs.map(({ key, title, steps, commands }) => ({
    ...{ key, title },
    steps: steps.map((step) => {
      const text = fillCommand(step, facts, { shell: false })
      return { text, query: queryIn(text) }
    }),
    commands: commands.map((command) => fillCommand(command, facts)),
  }))
}

/** "Filter: env:production" is a search with its name in front; the search is what is copied. */
function queryIn(step: string): string | null {
  return /^[A-Z][a-z]+: (.+)$/.exec(step)?.[1] ?? null
}
