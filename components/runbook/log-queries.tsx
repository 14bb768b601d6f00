"use client"
import { Commands } from "@/components/deploy/commands"
import { CopyButton } from "@/components/ui/copy-button"
import { useRelease, useSnapshot } from "@/lib/client/release-context"
import { readLogs } from "./read-runbook"

/** Where the logs are, each line as it is typed for this environment: to copy, the console does not run them. */
export function LogQueries() {
  const playbook = useSnapshot((snapshot) => snapshot.playbook)
  const release = useRelease()
  const logs = readLogs(playbook, release)
  if (logs.length === 0) return null
  return (
    <section aria-label="Logs" className="px-4 py-3">
      <h3 className="font-medium text-ink-2 text-xs">Logs of {release.environment.name}</h3>
      <ul className="mt-1.5 grid grid-cols-1 gap-3" data-testid="runbook-logs">
        {logs.map((log) => (
          <li key={log.key} className="text-sm">
            <p className="font-medium">{log.title}</p>
            {log.steps.length > 0 ? (
              <ol className="mt-0.5 grid grid-cols-1 list-decimal gap-0.5 pl-5 text-ink-2">
                {log.steps.map(({ text, query }) => (
                  <li key={text} className="break-words">
                    {text}
                    {query ? (
                      <CopyButton text={query} aria-label={`Copy ${query}`} className="ml-1 h-6 px-1.5 align-middle" />
                    ) : null}
                  </li>
                ))}
              </ol>
            ) : null}
            <Commands lines={log.commands} />
          </li>
        ))}
      </ul>
    </section>
  )
}
