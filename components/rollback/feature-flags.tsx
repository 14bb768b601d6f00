"use client"
import { ToggleLeft, ToggleRight } from "lucide-react"
import { useState } from "react"
import { Ago } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { ReasonDialog } from "@/components/ui/reason-dialog"
import { useMay, useRelease, useReleaseMutations, useSnapshot } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { FlagRecord } from "@/lib/domain/release/state"

/** The environment's feature flags, to be turned off (and on again) without touching what is deployed. */
export function FeatureFlags() {
  const flags = useSnapshot((snapshot) => snapshot.environment.flags)
  const known = useRelease((release) => release.flags)
  return (
    <ul className="grid gap-2" data-testid="feature-flags">
      {flags.map(({ key, title, kind }) => (
        <Flag key={key} flagKey={key} title={title} kind={kind} record={known[key] ?? null} />
      ))}
    </ul>
  )
}

function Flag({
  flagKey,
  title,
  kind,
  record,
}: {
  flagKey: string
  title: string
  kind: string
  record: FlagRecord | null
}) {
  const may = useMay("flag.set")
  const zone = useRelease((release) => release.window.zone)
  const closed = useRelease((release) => release.status === "closed")
  const { setFlag } = useReleaseMutations()
  const [open, setOpen] = useState(false)
  // Not asked yet: it is there to be turned off.
  const next = record?.on === false
  const action = useAction((reason: string) => setFlag({ flagKey, on: next, reason }), { onDone: () => setOpen(false) })
  const busy = record !== null && record.runId !== null
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border px-3 py-2" data-flag={flagKey}>
      {record?.on === false ? (
        <ToggleLeft className="size-4 shrink-0 text-ink-3" aria-hidden />
      ) : (
        <ToggleRight className="size-4 shrink-0 text-ink-2" aria-hidden />
      )}
      <div className="min-w-0 flex-1 basis-56 text-sm">
        <p className="font-medium">{title}</p>
        <p className="text-ink-2 text-xs">
          <span className="font-mono">{kind}</span>
          {record ? (
            <>
              {" · "}
              {busy ? `being turned ${record.wanted ? "on" : "off"}` : wordsOf(record)} by {record.by},{" "}
              <Ago at={record.turnedAt ?? record.askedAt} zone={zone} />: “{record.reason}”
            </>
          ) : null}
        </p>
        {record?.problem ? (
          <p role="alert" className="text-fail text-xs">
            {record.problem}
          </p>
        ) : null}
      </div>
      {may && !closed ? (
        <Button size="sm" busy={busy} onClick={() => setOpen(true)}>
          Turn {next ? "on" : "off"}…
        </Button>
      ) : null}
      <ReasonDialog
        open={open}
        onOpenChange={setOpen}
        title={`Turn ${next ? "on" : "off"} “${title}”`}
        description="A worker tells the provider, and asks it afterwards whether it is so. What is deployed stays as it is."
        action={`Turn ${next ? "on" : "off"}`}
        busy={action.isPending}
        problem={action.problem}
        onSubmit={(reason) => action.mutate(reason)}
      />
    </li>
  )
}

function wordsOf({ on, tookMs, problem }: FlagRecord): string {
  if (problem !== null) return "could not be turned; asked"
  const took = tookMs === null ? "" : ` in ${(tookMs / 1_000).toFixed(1)} s`
  return `turned ${on ? "on" : "off"}${took}`
}
