"use client"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { PhoneCall, Plus } from "lucide-react"
import { useEffect, useMemo, useState } from "react"
import { useCommands } from "@/components/shell/commands"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { Empty } from "@/components/ui/panel"
import { documentReceivedAtMs, syncClock } from "@/lib/client/clock"
import { oncallQuery } from "@/lib/client/oncall-query"
import type { Oncall, Shifts } from "@/lib/contracts/api/oncall"
import { FeedDialog } from "./feed-dialog"
import { huesOf } from "./person-mark"
import { type RotaAction, RotaCard } from "./rota-card"
import { RotaDialog } from "./rota-dialog"
import { ShiftsPanel } from "./shifts-panel"
import { TakeOverDialog } from "./take-over-dialog"

interface OncallPageProps {
  first: Oncall
  firstShifts: Shifts
  /** By whose clock the page goes where a person has not chosen. */
  zone: string
  /** The id of whoever looks. */
  me: string
}

/** Who is called now, and for the next weeks. */
export function OncallPage({ first, firstShifts, zone, me }: OncallPageProps) {
  useEffect(() => syncClock(first.now, documentReceivedAtMs()), [first.now])
  const client = useQueryClient()
  const { data, error } = useQuery({ ...oncallQuery(), initialData: first })
  const [open, setOpen] = useState<{ rotaId: string | null; action: RotaAction } | null>(null)
  const rota = data.rotas.find(({ id }) => id === open?.rotaId) ?? null
  const mayEdit = data.services.some((service) => service.mayEdit)
  const hues = huesOf(
    data.rotas.flatMap(({ people, overrides }) =>
      [...people, ...overrides.map((each) => each.person)].map(({ id }) => id),
    ),
  )
  const reload = () => void client.invalidateQueries({ queryKey: ["oncall"] })
  const close = () => setOpen(null)
  const done = () => {
    close()
    reload()
  }
  useCommands(
    useMemo(
      () => [
        ...(mayEdit
          ? [
              {
                id: "new-rota",
                label: "New rota",
                group: "On call",
                run: () => setOpen({ rotaId: null, action: "edit" }),
              },
            ]
          : []),
        ...data.rotas
          .filter((each) => each.mayEdit)
          .map(({ id, name }) => ({
            ...{ id: `take-over-${id}`, label: `Take over: ${name}`, group: "On call" },
            run: () => setOpen({ rotaId: id, action: "take over" }),
          })),
      ],
      [data.rotas, mayEdit],
    ),
  )
  return (
    <>
      <div className="mb-6 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="font-semibold text-xl tracking-tight">On call</h1>
          <p className="mt-1 text-ink-2">Who is called now, and who for the next weeks.</p>
        </div>
        {mayEdit ? (
          <Button tone="primary" className="h-9" onClick={() => setOpen({ rotaId: null, action: "edit" })}>
            <Plus aria-hidden /> New rota
          </Button>
        ) : null}
      </div>
      {error ? (
        <Notice tone="fail" className="mb-4">
          {error.message}
        </Notice>
      ) : null}
      {data.rotas.length === 0 ? (
        <div className="rounded-xl border bg-surface">
          <Empty icon={<PhoneCall aria-hidden />} title="There is no rota yet">
            Without one an incident pages nobody: each level of its escalation is skipped.
          </Empty>
        </div>
      ) : (
        <div className="grid grid-cols-1 gap-8">
          <div className="grid grid-cols-1 items-stretch gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {data.rotas.map((each) => (
              <RotaCard
                key={each.id}
                rota={each}
                many={data.services.length > 1}
                hues={hues}
                onAct={(action) => setOpen({ rotaId: each.id, action })}
                onChanged={reload}
              />
            ))}
          </div>
          <ShiftsPanel first={firstShifts} home={zone} hues={hues} />
        </div>
      )}
      {open?.action === "edit" && (rota || open.rotaId === null) ? (
        <RotaDialog rota={rota} services={data.services} zone={zone} onClose={close} onDone={done} />
      ) : null}
      {open?.action === "take over" && rota ? (
        <TakeOverDialog rota={rota} me={me} onClose={close} onDone={done} />
      ) : null}
      {open?.action === "feed" && rota ? <FeedDialog rota={rota} onClose={close} onChanged={reload} /> : null}
    </>
  )
}
