"use client"
import { Database } from "lucide-react"
import { StatusShape } from "@/components/status/status-mark"
import { Notice } from "@/components/ui/notice"
import { Panel } from "@/components/ui/panel"
import { Skeleton } from "@/components/ui/skeleton"
import { useRelease } from "@/lib/client/release-context"
import type { ReleaseChanges as Changes, Comparison } from "@/lib/domain/changes/release-changes"
import { CodeOnlyWarning } from "./code-only-warning"
import { CommitList } from "./commit-list"
import { useChanges } from "./use-changes"

/** What is in the release that is not live yet. */
export function ReleaseChanges() {
  const { data, error } = useChanges()
  return (
    <Panel
      id="changes"
      title="What is in this release"
      aside={data?.comparison ? <Totals comparison={data.comparison} /> : null}
    >
      {error ? (
        <div className="p-4">
          <Notice tone="fail">{error.message}</Notice>
        </div>
      ) : data ? (
        <Body changes={data} />
      ) : (
        <div className="grid gap-2 p-4" role="status">
          <span className="sr-only">The repository is being read</span>
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-1/2" />
        </div>
      )}
    </Panel>
  )
}

function Totals({ comparison: { commitCount, authors, fileCount, url } }: { comparison: Comparison }) {
  const words = [plural(commitCount, "commit"), plural(authors.length, "author"), plural(fileCount, "file")]
  return (
    <>
      <span className="tabular-nums">{words.join(" · ")}</span>
      {url ? (
        <a href={url} target="_blank" rel="noreferrer" className="underline underline-offset-2">
          Compare
        </a>
      ) : null}
    </>
  )
}

function Body({ changes: { from, to, comparison, codeOnlyRollback, words } }: { changes: Changes }) {
  const zone = useRelease((release) => release.window.zone)
  if (!comparison) return <p className="px-4 py-3 text-ink-2 text-sm">{words}</p>
  return (
    <div className="divide-y">
      <div className="grid gap-2 px-4 py-3 text-sm">
        <p className="text-ink-2">
          Between <Version {...from} />, which is live, and <Version {...to} />
          {comparison.folders.length > 0
            ? `: ${comparison.folders
                .slice(0, 6)
                .map(({ path, files }) => `${path === "." ? "the top folder" : path} (${files})`)
                .join(", ")}.`
            : "."}
        </p>
        {comparison.straight ? null : (
          <Notice tone="warn">
            Not a straight line: {plural(comparison.onlyInFrom, "commit")} of what is live{" "}
            {comparison.onlyInFrom === 1 ? "is" : "are"} not in this release. Going live takes{" "}
            {comparison.onlyInFrom === 1 ? "it" : "them"} away from users.
          </Notice>
        )}
        <CodeOnlyWarning />
        {codeOnlyRollback?.safe ? <p className="text-ink-2">{codeOnlyRollback.words}</p> : null}
      </div>
      {comparison.migrations.length > 0 ? <Migrations migrations={comparison.migrations} /> : null}
      {comparison.commits.length > 0 ? <CommitList comparison={comparison} zone={zone} /> : null}
    </div>
  )
}

function Version({ version, commit }: { version?: string; commit?: string | null }) {
  return (
    <span className="font-mono text-ink text-xs">
      {version}
      {commit ? ` (${commit.slice(0, 8)})` : ""}
    </span>
  )
}

function Migrations({ migrations }: { migrations: Comparison["migrations"] }) {
  return (
    <ul aria-label="Migrations" className="divide-y">
      {migrations.map(({ path, change, safe, why }) => (
        <li key={path} className="flex items-baseline gap-2.5 px-4 py-2 text-sm">
          <Database className="size-3.5 shrink-0 translate-y-0.5 text-ink-3" aria-hidden />
          <span className="min-w-0 flex-1">
            <span className="block font-mono text-xs [overflow-wrap:anywhere]">{path}</span>
            <span className="text-ink-3 text-xs [overflow-wrap:anywhere]">{why ?? `${change}; it only adds`}</span>
          </span>
          <span className="flex shrink-0 items-center gap-1.5 text-xs">
            <StatusShape tone={safe ? "pass" : "warn"} />
            {safe ? "only adds" : "not undone by code"}
          </span>
        </li>
      ))}
    </ul>
  )
}

function plural(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`
}
