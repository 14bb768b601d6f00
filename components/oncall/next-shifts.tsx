"use client"
import { TriangleAlert } from "lucide-react"
import type { RotaView } from "@/lib/contracts/api/oncall"
import type { Rotation, Shift } from "@/lib/domain/oncall/rotation"
import { shiftsBetween } from "@/lib/domain/oncall/shifts-between"
import { BothClocks } from "./both-clocks"
import { overridesOf } from "./overrides-of"

const SHOWN = 8
const DAY_MS = 86_400_000

/** What a rotation comes to, before it is saved: its next shifts, its gaps, and whether it changes who is called now. */
export function NextShifts({
  rotation,
  rota,
  names,
  nowMs,
}: {
  rotation: Rotation | null
  rota: RotaView | null
  names: Map<string, string>
  nowMs: number
}) {
  if (!rotation) return null
  const within = (days: number) => shiftsBetween(rotation, rota ? overridesOf(rota) : [], nowMs, nowMs + days * DAY_MS)
  // At every stroke of a key: a year of hourly shifts is only worked out where so many weeks say little.
  const near = within(60)
  const shifts = near.length > 3 ? near : within(400)
  const gaps = shifts.filter(({ personId, startMs }) => personId === null && startMs < nowMs + 28 * DAY_MS)
  const name = ({ personId }: Pick<Shift, "personId">) =>
    personId === null ? "Nobody" : (names.get(personId) ?? "Somebody unknown")
  const [now] = shifts
  const changesNow = rota && now && now.personId !== (rota.now.person?.id ?? null)
  return (
    <section
      aria-label="What it comes to"
      aria-live="polite"
      data-testid="next-shifts"
      className="grid grid-cols-1 gap-2 text-xs"
    >
      <h3 className="font-medium text-ink-2 text-sm">Next shifts</h3>
      {changesNow ? (
        <p className="flex items-start gap-1.5 text-warn">
          <TriangleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
          It changes who is called now: {name(now)} instead of {rota.now.person?.name ?? "nobody"}.
        </p>
      ) : null}
      {gaps.length > 0 ? (
        <p className="flex items-start gap-1.5 text-warn">
          <TriangleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
          {gaps.length === 1 ? "Once" : `${gaps.length} times`} in four weeks nobody is called.
        </p>
      ) : null}
      <ol className="divide-y rounded-md border">
        {shifts.slice(0, SHOWN).map((shift, n) => (
          <li key={shift.startMs} className="flex flex-wrap justify-between gap-x-3 px-2.5 py-1.5">
            <span className={shift.personId === null ? "text-warn" : "font-medium"}>
              {name(shift)}
              {shift.overrideId ? <span className="font-normal text-ink-3">, taken over</span> : null}
            </span>
            <span className="text-ink-2">
              {n === 0 ? (
                "now"
              ) : (
                <>
                  from <BothClocks at={new Date(shift.startMs).toISOString()} zone={rotation.zone} />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
