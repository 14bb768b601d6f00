"use client"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Notice } from "@/components/ui/notice"
import { Problem } from "@/components/ui/problem"
import { oncallMutations } from "@/lib/client/oncall-query"
import { peopleQuery } from "@/lib/client/people-query"
import { useNow } from "@/lib/client/use-now"
import { useWrite } from "@/lib/client/use-write"
import type { Oncall, RotaView } from "@/lib/contracts/api/oncall"
import type { Rotation } from "@/lib/domain/oncall/rotation"
import { callablePeople } from "./callable-people"
import { LayerFields } from "./layer-fields"
import { NextShifts } from "./next-shifts"
import { RemoveRota } from "./remove-rota"
import { emptyLayer, emptyRota, formOfRota, type RotaForm, rotationOf } from "./rota-form"
import { RotaWords } from "./rota-words"

interface RotaDialogProps {
  /** Null: a new one. */
  rota: RotaView | null
  services: Oncall["services"]
  zone: string
  onClose(): void
  onDone(): void
}

/** Makes or changes a rota; shows what it comes to while it is edited. */
export function RotaDialog({ rota, services, zone, onClose, onDone }: RotaDialogProps) {
  const nowMs = useNow(60_000)
  const mine = services.filter(({ mayEdit }) => mayEdit)
  const [form, setForm] = useState<RotaForm>(() =>
    rota ? formOfRota(rota) : emptyRota(mine[0]?.key ?? "", nowMs, zone),
  )
  const change = (part: Partial<RotaForm>) => setForm((before) => ({ ...before, ...part }))
  const { data: everybody = [] } = useQuery(peopleQuery)
  const people = callablePeople(everybody, form.service)
  const names = new Map(
    [...everybody, ...(rota?.people ?? []), ...(rota?.overrides ?? []).map(({ person }) => person)].map(
      ({ id, name }) => [id, name],
    ),
  )
  const read = rotationOf(form)
  const rotation = "rotation" in read ? read.rotation : null
  const errors = "errors" in read ? read.errors : {}
  const save = useWrite((saved: Rotation) => send(rota, form, saved), onDone)
  const complete = rotation !== null && form.name.trim() !== "" && form.key !== ""

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={rota ? rota.name : "New rota"}
      description="Times are what a clock on the wall of its zone shows, in summer and in winter."
      shape="drawer"
      className="lg:w-[52rem]"
    >
      <form
        className="grid grid-cols-1 items-start gap-x-6 gap-y-4 lg:grid-cols-[1fr_19rem]"
        data-testid="rota-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (rotation && complete) save.mutate(rotation)
        }}
      >
        <div className="grid grid-cols-1 min-w-0 gap-4">
          <RotaWords
            {...{ form, services: mine }}
            isNew={rota === null}
            errors={{ ...save.problem?.fields, ...(errors.zone ? { zone: errors.zone } : {}) }}
            onChange={change}
          />
          {form.layers.map((layer, n) => (
            <LayerFields
              key={layer.key}
              {...{ layer, people, names }}
              number={n + 1}
              removable={form.layers.length > 1}
              errors={fieldsBelow(`layers.${n}.`, errors, fieldsBelow("rotation.", save.problem?.fields ?? {}))}
              onChange={(part) => change({ layers: form.layers.with(n, { ...layer, ...part }) })}
              onRemove={() => change({ layers: form.layers.toSpliced(n, 1) })}
            />
          ))}
          {form.layers.length < 8 ? (
            <Button
              className="justify-self-start"
              onClick={() => {
                const key = Math.max(...form.layers.map((layer) => layer.key)) + 1
                change({ layers: [...form.layers, { ...emptyLayer(key, nowMs, form.zone, "days"), limited: true }] })
              }}
            >
              Add a layer for some hours
            </Button>
          ) : null}
        </div>
        <div className="grid grid-cols-1 min-w-0 gap-4 lg:sticky lg:top-0">
          <NextShifts {...{ rotation, rota, names, nowMs }} />
          {save.problem?.code === "stale" ? (
            <Notice tone="warn" live>
              Somebody else has changed it meanwhile. Close this and open it again to see how it is now.
            </Notice>
          ) : (
            <Problem problem={save.problem} />
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" tone="primary" busy={save.isPending} disabled={!complete}>
              {rota ? "Save" : "Make rota"}
            </Button>
          </div>
        </div>
      </form>
      {rota ? <RemoveRota rota={rota} onDone={onDone} /> : null}
    </Dialog>
  )
}

/** What stands below a prefix, without it; of several the first counts. */
function fieldsBelow(prefix: string, ...all: Record<string, string>[]): Record<string, string> {
  const below = all.toReversed().flatMap((fields) => Object.entries(fields))
  return Object.fromEntries(
    below.flatMap(([field, words]) => (field.startsWith(prefix) ? [[field.slice(prefix.length), words]] : [])),
  )
}

function send(rota: RotaView | null, form: RotaForm, rotation: Rotation) {
  const name = form.name.trim()
  if (rota) return oncallMutations.patchRota(rota.id, { revision: rota.revision, name, rotation })
  return oncallMutations.createRota({ service: form.service, key: form.key, name, rotation })
}
