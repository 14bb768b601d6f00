"use client"
import { SelectField, TextArea, TextField } from "@/components/ui/field"
import { useZone } from "@/lib/client/use-zone"
import { DayBoxes } from "./day-boxes"
import { dayCodes, dayNames, type FreezeForm, type Repeat, repeats } from "./freeze-form"

interface RuleFieldsProps {
  form: FreezeForm
  /** By field of the rule; said of those that are filled in. */
  errors: Record<string, string>
  onChange(part: Partial<FreezeForm>): void
}

/** The fields of the chosen kind of freeze. */
export function RuleFields(props: RuleFieldsProps) {
  const { form, errors, onChange } = props
  const said = (text: string, field: string) => (text.trim() ? errors[field] : undefined)
  return (
    <>
      {form.kind === "dates" ? (
        <TextArea
          label="Dates"
          hint="One a line, as 2026-12-24. From midnight to midnight."
          className="font-mono"
          value={form.dates}
          onChange={(event) => onChange({ dates: event.target.value })}
          error={said(form.dates, "dates")}
          rows={5}
          required
        />
      ) : (
        <TextField
          label={form.kind === "once" ? "From" : "The first, from"}
          type="datetime-local"
          value={form.start}
          onChange={(event) => onChange({ start: event.target.value })}
          error={said(form.start, "start")}
          required
        />
      )}
      {form.kind === "once" ? (
        <TextField
          label="Until"
          type="datetime-local"
          value={form.end}
          onChange={(event) => onChange({ end: event.target.value })}
          error={form.start ? said(form.end, "end") : undefined}
          required
        />
      ) : null}
      {form.kind === "recurring" ? <RecurringFields {...props} /> : null}
      <ZoneField form={form} onChange={onChange} />
    </>
  )
}

function RecurringFields({ form, errors, onChange }: RuleFieldsProps) {
  return (
    <>
      <TextField
        label="Length in hours"
        type="number"
        min={0.25}
        max={744}
        step={0.25}
        value={form.hours}
        onChange={(event) => onChange({ hours: event.target.value })}
        error={errors.durationMinutes}
        required
      />
      <SelectField
        label="Again"
        value={form.repeat}
        onChange={(event) => onChange({ repeat: event.target.value as Repeat })}
      >
        {Object.entries(repeats).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
      {form.repeat === "weekly" || form.repeat === "last" ? (
        <DayBoxes
          legend="Days"
          options={dayCodes.map((code, n) => ({ value: code, name: dayNames[n] ?? code }))}
          chosen={form.days}
          onChange={(days) => onChange({ days })}
        />
      ) : null}
      {form.repeat === "raw" ? (
        <TextField
          label="Rule"
          hint="For example FREQ=MONTHLY;BYDAY=-1FR. The time of day is that of the first."
          className="font-mono"
          value={form.rrule}
          onChange={(event) => onChange({ rrule: event.target.value })}
          error={form.rrule ? errors.rrule : undefined}
          maxLength={500}
          spellCheck={false}
          required
        />
      ) : (
        <TextField
          label="Last day (optional)"
          type="date"
          value={form.until}
          onChange={(event) => onChange({ until: event.target.value })}
        />
      )}
      <TextArea
        label="Not on (optional)"
        hint="Dates on which it does not begin, one a line."
        className="font-mono"
        value={form.except}
        onChange={(event) => onChange({ except: event.target.value })}
        error={form.except ? errors.except : undefined}
        rows={2}
      />
    </>
  )
}

function ZoneField({ form, onChange }: Pick<RuleFieldsProps, "form" | "onChange">) {
  const own = useZone(form.zone)
  return (
    <>
      <TextField
        label="By the clock of"
        hint="A time zone, as America/New_York or Europe/Berlin."
        value={form.zone}
        onChange={(event) => onChange({ zone: event.target.value })}
        list="freeze-zones"
        spellCheck={false}
        required
      />
      <datalist id="freeze-zones">
        {[...new Set([own, "UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Sydney"])].map(
          (zone) => (
            <option key={zone} value={zone} />
          ),
        )}
      </datalist>
    </>
  )
}
