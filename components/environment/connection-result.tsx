"use client"
import { StatusShape } from "@/components/status/status-mark"
import { Ago } from "@/components/time/instant"
import type { ConnectionTestView } from "@/lib/contracts/api/environments"

/** What a look at the platform found, part by part. */
export function ConnectionResult({ test, zone }: { test: ConnectionTestView; zone: string }) {
  if (!test.findings) {
    return (
      <p className="text-ink-2 text-sm" role="status">
        {test.status === "running" ? "A worker is looking…" : "Waiting for a worker…"}
      </p>
    )
  }
  return (
    <div data-testid="connection-result" data-status={test.status}>
      <ul className="grid gap-1.5">
        {test.findings.parts.map(({ key, title, ok, words, tookMs }) => (
          <li key={key} className="flex items-start gap-2 text-sm">
            <span className="mt-0.5">
              <StatusShape tone={ok ? "pass" : "fail"} />
            </span>
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              <span className="font-medium">{title}</span>
              <span className="sr-only">{ok ? " is well: " : " failed: "}</span>{" "}
              <span className={ok ? "text-ink-2" : "text-fail"}>{words}</span>
            </span>
            <span className="shrink-0 text-ink-3 text-xs tabular-nums">{tookMs} ms</span>
          </li>
        ))}
      </ul>
      {test.finishedAt ? (
        <p className="mt-2 text-ink-3 text-xs">
          {test.saved ? "Saved settings" : "Settings as they stand in the form"}, asked by {test.askedBy},{" "}
          <Ago at={test.finishedAt} zone={zone} />. Nothing was changed.
        </p>
      ) : null}
    </div>
  )
}
