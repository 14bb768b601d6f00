"use client"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { SelectField, TextArea, TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { Problem } from "@/components/ui/problem"
import { calendarMutations } from "@/lib/client/calendar-query"
import { useAction } from "@/lib/client/use-action"
import type { Calendar, FreezeView } from "@/lib/contracts/api/calendar"
import type { FreezeRule } from "@/lib/domain/window/freeze"
import { emptyForm, type FreezeForm, formOf, ruleOf } from "./freeze-form"
import { NextTurns } from "./next-turns"
import { PlaceField } from "./place-field"
import { RuleFields } from "./rule-fields"

interface FreezeDialogProps {
  /** Null: a new one. */
  freeze: FreezeView | null
  environments: Calendar["environments"]
  mayEditAll: boolean
  zone: string
  now: string
  onClose(): void
  onDone(): void
}

/** Makes or changes a freeze; shows what the rule comes to before it is saved. */
export function FreezeDialog({ freeze, environments, mayEditAll, zone, now, onClose, onDone }: FreezeDialogProps) {
  const places = environments.filter(({ mayEdit }) => mayEdit)
  const firstPlace = places[0] ? `${places[0].service.key}/${places[0].environment.key}` : ""
  const [form, setForm] = useState<FreezeForm>(freeze ? formOf(freeze) : emptyForm(firstPlace, zone))
  const change = (part: Partial<FreezeForm>) => setForm((before) => ({ ...before, ...part }))
  const read = ruleOf(form)
  const rule = "rule" in read ? read.rule : null
  const save = useAction((saved: FreezeRule) => send(freeze, form, saved), { onDone })
  const complete = form.name.trim() !== "" && form.reason.trim().length >= 3 && rule !== null
  const readOnly = freeze !== null && !freeze.mayEdit

  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={freeze ? freeze.name : "New freeze"}
      description={
        readOnly ? "Your roles do not change it." : "No deployment starts while it is in force. Rollbacks do."
      }
      shape="drawer"
    >
      <form
        className="grid gap-4"
        data-testid="freeze-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (rule && complete) save.mutate(rule)
        }}
      >
        <fieldset disabled={readOnly} className="grid gap-4">
          <TextField
            label="Name"
            value={form.name}
            onChange={(event) => change({ name: event.target.value })}
            maxLength={120}
            required
          />
          <TextArea
            label="Why"
            hint="Whoever is kept from deploying reads this."
            value={form.reason}
            onChange={(event) => change({ reason: event.target.value })}
            rows={2}
            maxLength={2_000}
            required
          />
          {freeze ? null : (
            <PlaceField value={form.place} places={places} all={mayEditAll} onChange={(place) => change({ place })} />
          )}
          <SelectField
            label="When"
            value={form.kind}
            onChange={(event) => change({ kind: event.target.value as FreezeForm["kind"] })}
          >
            <option value="once">Once</option>
            <option value="recurring">Again and again</option>
            <option value="dates">Whole days, such as holidays</option>
          </SelectField>
          <RuleFields form={form} errors={"errors" in read ? read.errors : {}} onChange={change} />
        </fieldset>
        <NextTurns rule={rule} now={now} />
        {save.problem?.code === "stale" ? (
          <Notice tone="warn" live>
            Somebody else has changed it meanwhile. Close this and open it again to see how it is now.
          </Notice>
        ) : (
          <Problem problem={save.problem} />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{readOnly ? "Close" : "Cancel"}</Button>
          {readOnly ? null : (
            <Button type="submit" tone="primary" busy={save.isPending} disabled={!complete}>
              {freeze ? "Save" : "Freeze"}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  )
}

function send(freeze: FreezeView | null, form: FreezeForm, rule: FreezeRule) {
  const words = { name: form.name.trim(), reason: form.reason.trim(), rule }
  if (freeze) return calendarMutations.patchFreeze(freeze.id, { ...words, revision: freeze.revision })
  const [service, environment] = form.place.split("/")
  return calendarMutations.createFreeze({ ...words, service: service || null, environment: environment || null })
}
