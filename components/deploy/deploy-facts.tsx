"use client"
import { cn } from "@/components/ui/cn"
import { Progress } from "@/components/ui/progress"
import { formatClock } from "@/lib/client/format"
import { useGate, useRelease, useSnapshot } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import { windowInWords, windowsOf } from "@/lib/domain/gate/window-gate"

/** What is live, how long users have seen the maintenance page, and when one may start. */
export function DeployFacts() {
  const { previous, live, ref, commit, window, environment } = useRelease()
  const strategy = useSnapshot((snapshot) => snapshot.environment.strategy)
  const windows = useSnapshot((snapshot) => snapshot.environment.windows)
  const baseUrl = useSnapshot((snapshot) => snapshot.environment.baseUrl)
  const gate = useGate()
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border bg-line lg:grid-cols-4">
      <Fact id="environment" name={environment.name}>
        <a href={baseUrl} target="_blank" rel="noreferrer noopener" className="underline underline-offset-2">
          {baseUrl.replace(/^https?:\/\//, "")}
        </a>
        <span className="block text-ink-3 text-xs">{strategy} strategy</span>
      </Fact>
      <Fact name="What goes live">
        <span className="font-mono text-[0.8125rem]">{ref}</span>
        <span className="block text-ink-3 text-xs">
          {commit ? <span className="font-mono">{commit.slice(0, 10)}</span> : "commit not known"}
          {previous ? `, in place of ${previous.version}` : ""}
          {live ? " · switched" : ""}
        </span>
      </Fact>
      <Fact id="window" name="Window">
        {windowsOf({ window }, { windows }).map((each) => (
          <span key={windowInWords(each)} className="block">
            {windowInWords(each)}
          </span>
        ))}
        <span className="block text-ink-3 text-xs">
          {gate.freezes.inForce.length > 0 ? "frozen" : gate.window.open ? "open" : "closed"}
          {gate.overridden ? ", overridden" : ""}
        </span>
      </Fact>
      <Downtime />
    </dl>
  )
}

function Downtime() {
  const maintenance = useRelease((release) => release.maintenance)
  const maxMs = useRelease((release) => release.budgets.downtimeMaxMs)
  const nowMs = useNow(1_000)
  const ms = maintenance.downtimeMs + (maintenance.since ? Math.max(0, nowMs - Date.parse(maintenance.since)) : 0)
  const over = ms > maxMs
  return (
    <Fact name="Downtime">
      <span className={cn("font-medium", over && "text-fail")}>{formatClock(ms)}</span>
      <span className="text-ink-3 text-xs"> of {formatClock(maxMs)}</span>
      <span className="block text-ink-3 text-xs">
        {maintenance.on ? "maintenance page is shown" : "maintenance is off"}
      </span>
      <Progress
        value={ms}
        max={maxMs}
        label="Downtime of its budget"
        tone={over ? "fail" : "accent"}
        className="mt-1.5"
      />
    </Fact>
  )
}

function Fact({ name, id, children }: { name: string; id?: string; children: React.ReactNode }) {
  return (
    <div id={id} className="min-w-0 scroll-mt-16 bg-surface px-4 py-3 target:bg-hover">
      <dt className="mb-0.5 text-ink-3 text-xs">{name}</dt>
      <dd className="break-words text-sm">{children}</dd>
    </div>
  )
}
