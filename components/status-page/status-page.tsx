"use client"
import { StatusShape } from "@/components/status/status-mark"
import type { Tone } from "@/components/status/tones"
import { cn } from "@/components/ui/cn"
import { zoneCity } from "@/lib/client/format"
import { useZone } from "@/lib/client/use-zone"
import type { PublicStatus } from "@/lib/contracts/api/status-page"
import { HISTORY_DAYS } from "@/lib/domain/status-page/public-status"
import { historyDays } from "./history-days"
import { PublicIncident } from "./public-incident"
import { FIRST_ZONE, PublicInstant } from "./public-instant"
import { usePublicStatus } from "./use-public-status"

const looks: Record<PublicStatus["state"], { tone: Tone; frame: string }> = {
  operational: { tone: "pass", frame: "border-pass/35 bg-pass/8" },
  maintenance: { tone: "wait", frame: "border-warn/40 bg-warn/8" },
  incident: { tone: "fail", frame: "border-fail/40 bg-fail/8" },
}

/** How a service is, for everybody. All of it is in the first HTML; script adds the visitor's clock and keeps it fresh. */
export function StatusPage({ first }: { first: PublicStatus }) {
  const { status, failed } = usePublicStatus(first)
  const zone = useZone(FIRST_ZONE)
  const { service, state, words, asOf, maintenance, incidents, history } = status
  const days = historyDays(history, { asOf, zone, days: HISTORY_DAYS })
  const look = looks[state]
  return (
    <main id="main" className="mx-auto grid max-w-3xl gap-6 px-4 py-8 sm:px-6 sm:py-12">
      <h1 className="font-semibold text-xl tracking-tight">
        {service.name} <span className="font-normal text-ink-2">status</span>
      </h1>
      <section
        aria-label="Now"
        aria-live="polite"
        data-testid="public-state"
        data-state={state}
        className={cn("flex items-start gap-3 rounded-xl border px-5 py-4", look.frame)}
      >
        <StatusShape tone={look.tone} className="mt-1 size-5" />
        <div className="min-w-0">
          <p className="font-semibold text-lg leading-7 tracking-tight">{words}</p>
          <p className="text-ink-2 text-sm">
            As of <PublicInstant at={asOf} how="time" />
            {failed ? ". Could not be asked again just now." : ""}
          </p>
        </div>
      </section>
      {maintenance.map(({ environment, message, since }) => (
        <section key={environment} className="rounded-xl border bg-surface px-5 py-4" data-testid="public-maintenance">
          <h2 className="font-semibold">Maintenance{maintenance.length > 1 ? `: ${environment}` : ""}</h2>
          <p className="mt-1 whitespace-pre-line break-words">{message}</p>
          <p className="mt-1 text-ink-3 text-xs">
            Since <PublicInstant at={since} />
          </p>
        </section>
      ))}
      {incidents.map((incident) => (
        <section key={incident.updates.at(-1)?.id} className="rounded-xl border bg-surface px-5 py-4">
          <PublicIncident incident={incident} level="h2" />
        </section>
      ))}
      <section aria-labelledby="history" className="rounded-xl border bg-surface">
        <h2 id="history" className="border-b px-5 py-3 font-semibold">
          The last {HISTORY_DAYS} days
        </h2>
        <ol className="divide-y">
          {days.map(({ day, at, incidents: over }) => (
            <li
              key={day}
              className="grid grid-cols-1 gap-x-6 gap-y-2 px-5 py-3 sm:grid-cols-[7rem_minmax(0,1fr)]"
              data-testid={over.length > 0 ? "public-day" : undefined}
            >
              <h3 className="text-ink-2 text-sm">
                <DayName at={at} />
              </h3>
              {over.length === 0 ? (
                <p className="text-ink-3 text-sm">No incident</p>
              ) : (
                <div className="grid grid-cols-1 gap-5">
                  {over.map((incident) => (
                    <PublicIncident key={incident.updates.at(-1)?.id} incident={incident} level="h4" />
                  ))}
                </div>
              )}
            </li>
          ))}
        </ol>
      </section>
      <footer className="flex flex-wrap justify-between gap-x-6 gap-y-1 text-ink-3 text-xs">
        <p>Times in {zone === "UTC" ? "UTC" : `the time of ${zoneCity(zone)}`}. The page keeps itself fresh.</p>
        <a href={`/status/${service.key}/feed.xml`} className="underline underline-offset-2 hover:text-ink">
          Atom feed
        </a>
      </footer>
    </main>
  )
}

const dayName = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" })

/** A day of the calendar, whatever the zone. */
function DayName({ at }: { at: string }) {
  return <time dateTime={at.slice(0, 10)}>{dayName.format(new Date(at))}</time>
}
