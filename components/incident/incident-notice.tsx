"use client"
import { BellOff, Siren } from "lucide-react"
import Link from "next/link"
import { usePathname, useRouter } from "next/navigation"
import { useHotkeys } from "@/components/shell/use-hotkeys"
import { Elapsed } from "@/components/time/elapsed"
import { Button } from "@/components/ui/button"
import { cn } from "@/components/ui/cn"
import { Problem } from "@/components/ui/problem"
import { formatClock } from "@/lib/client/format"
import { useIncidentMutations } from "@/lib/client/incident-mutations"
import { useMay, useRelease } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import { useNow } from "@/lib/client/use-now"
import { openIncident } from "@/lib/domain/incident/declare-incident"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { severityLooks } from "./looks"
import { readLadder } from "./read-ladder"

/** An open incident, on every page but its own: what it is, for how long, who is called next, and the button. */
export function IncidentNotice() {
  const incident = useRelease(openIncident)
  const onItsPage = usePathname().endsWith("/incident")
  return incident && !onItsPage ? <OpenIncident incident={incident} /> : null
}

function OpenIncident({ incident }: { incident: Incident }) {
  const id = useRelease((release) => release.id)
  const may = useMay("incident.respond")
  const router = useRouter()
  const { acknowledge } = useIncidentMutations(incident.id)
  const action = useAction(() => acknowledge())
  const { number, title, severity, status, startedAt, acknowledged } = incident
  const open = status === "open"
  const href = `/releases/${id}/incident`
  useHotkeys({
    a: () => (open && may ? !action.isPending && action.mutate() : router.push(href)),
  })
  return (
    <section
      aria-label="Incident"
      data-testid="incident-notice"
      data-status={status}
      className={cn(
        "flex flex-wrap items-center gap-x-4 gap-y-2.5 rounded-xl border px-4 py-3",
        open ? "border-fail/60 bg-fail/10" : "border-warn/50 bg-warn/8",
      )}
    >
      <Siren className={cn("size-5 shrink-0", open ? "text-fail" : "text-warn")} aria-hidden />
      <div className="min-w-0 flex-1 basis-56">
        <p className="break-words font-semibold text-sm">
          <Link href={href} className="underline-offset-2 hover:underline">
            Incident {number}, {severityLooks[severity].word.toLowerCase()}: {title}
          </Link>
        </p>
        <p className="text-ink-2 text-sm">
          <Elapsed since={startedAt} /> ·{" "}
          {acknowledged ? `${acknowledged.by.name} has it` : <Next incident={incident} />}
        </p>
      </div>
      <div className="flex gap-2 max-sm:w-full max-sm:[&>*]:flex-1 max-sm:[&>*]:justify-center">
        {open && may ? (
          <Button tone="danger" size="lg" busy={action.isPending} onClick={() => action.mutate()}>
            <BellOff aria-hidden /> Acknowledge
          </Button>
        ) : null}
        <Button asChild size="lg">
          <Link href={href}>To the incident</Link>
        </Button>
      </div>
      <Problem problem={action.problem} className="basis-full" />
    </section>
  )
}

function Next({ incident }: { incident: Incident }) {
  const timeScale = useRelease((release) => release.timeScale)
  const nowMs = useNow(1_000)
  const next = readLadder(incident, timeScale).find((rung) => rung.next)
  if (!next || next.dueMs === null) return "nobody has acknowledged it"
  const leftMs = Math.ceil((next.dueMs - nowMs) / 1_000) * 1_000
  return `${next.title} ${leftMs > 0 ? `in ${formatClock(leftMs)}` : "now"}`
}
