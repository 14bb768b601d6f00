"use client"
import { Layers, Trash2 } from "lucide-react"
import { DayBoxes } from "@/components/calendar/day-boxes"
import { Button } from "@/components/ui/button"
import { Checkbox } from "@/components/ui/checkbox"
import { SelectField, TextField } from "@/components/ui/field"
import type { PersonEntry } from "@/lib/client/people-query"
import { shiftUnits } from "@/lib/domain/oncall/rotation"
import { weekdays } from "@/lib/domain/window/window"
import { PeopleOrder } from "./people-order"
import type { LayerForm } from "./rota-form"

const dayNames = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" }

interface LayerFieldsProps {
  layer: LayerForm
  number: number
  /** There are others: it can be removed. */
  removable: boolean
  people: PersonEntry[]
  names: Map<string, string>
  /** By field within the layer. */
  errors: Record<string, string>
  onChange(part: Partial<LayerForm>): void
  onRemove(): void
}

/** One layer: who in turn, from when, how long, and at which hours. */
export function LayerFields(props: LayerFieldsProps) {
  const { layer, number, removable, people, names, errors, onChange, onRemove } = props
  const errorOfPeople = Object.entries(errors).find(([field]) => field.startsWith("people"))?.[1]
  return (
    <fieldset className="grid grid-cols-1 min-w-0 gap-4 rounded-lg border p-3" data-testid={`layer-${number}`}>
      <legend className="sr-only">Layer {number}</legend>
      <div className="flex items-center gap-2 text-sm">
        <Layers className="size-3.5 text-ink-3" aria-hidden />
        <span aria-hidden className="flex-1 font-medium">
          {number === 1 ? "The rotation" : `Layer ${number}: takes over where it applies`}
        </span>
        {removable ? (
          <Button size="icon" tone="quiet" aria-label={`Remove layer ${number}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </Button>
        ) : null}
      </div>
      <PeopleOrder
        people={people}
        names={names}
        chosen={layer.people}
        error={errorOfPeople}
        onChange={(chosen) => onChange({ people: chosen })}
      />
      <TextField
        label="First shift from"
        hint="Its time of day is when days and weeks are handed over."
        type="datetime-local"
        value={layer.start}
        onChange={(event) => onChange({ start: event.target.value })}
        error={errors.start}
        required
      />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Hand over every"
          type="number"
          inputMode="numeric"
          min={1}
          max={366}
          value={layer.every}
          onChange={(event) => onChange({ every: event.target.value })}
          error={errors["shift.every"]}
          required
        />
        <SelectField
          label="Unit"
          value={layer.unit}
          onChange={(event) => onChange({ unit: event.target.value as LayerForm["unit"] })}
        >
          {shiftUnits.map((unit) => (
            <option key={unit} value={unit}>
              {unit}
            </option>
          ))}
        </SelectField>
      </div>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the box is inside */}
      <label className="-my-1 inline-flex items-center text-sm">
        <Checkbox checked={layer.limited} onCheckedChange={(limited) => onChange({ limited })} />
        Only on some days and hours
      </label>
      {layer.limited ? <Hours {...props} /> : null}
    </fieldset>
  )
}

function Hours({ layer, errors, onChange }: LayerFieldsProps) {
  return (
    <>
      <DayBoxes
        legend="Days on which it begins"
        options={weekdays.map((value) => ({ value, name: dayNames[value] }))}
        chosen={layer.days}
        onChange={(days) => onChange({ days })}
      />
      {errors["hours.days"] ? (
        <p role="alert" className="-mt-2 text-fail text-xs">
          Days: {errors["hours.days"]}
        </p>
      ) : null}
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="From"
          type="time"
          value={layer.from}
          onChange={(event) => onChange({ from: event.target.value })}
          error={errors["hours.from"]}
          required
        />
        <TextField
          label="To"
          hint={layer.to <= layer.from ? "On the day after." : undefined}
          type="time"
          value={layer.to === "24:00" ? "00:00" : layer.to}
          onChange={(event) => onChange({ to: event.target.value })}
          error={errors["hours.to"]}
          required
        />
      </div>
    </>
  )
}
