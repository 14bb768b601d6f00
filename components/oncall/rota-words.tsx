"use client"
import { SelectField, TextField } from "@/components/ui/field"
import { useZone } from "@/lib/client/use-zone"
import type { Oncall } from "@/lib/contracts/api/oncall"
import { keyOf, type RotaForm } from "./rota-form"

/** What it is called, by people and by playbooks, and by whose clock it goes. */
export function RotaWords({
  form,
  services,
  isNew,
  errors,
  onChange,
}: {
  form: RotaForm
  services: Oncall["services"]
  isNew: boolean
  errors: Record<string, string>
  onChange(part: Partial<RotaForm>): void
}) {
  const own = useZone(form.zone)
  return (
    <>
      <TextField
        label="Name"
        value={form.name}
        onChange={(event) => {
          const name = event.target.value
          // The key follows the name until somebody writes another.
          onChange({ name, ...(isNew && form.key === keyOf(form.name) ? { key: keyOf(name) } : {}) })
        }}
        error={errors.name}
        maxLength={120}
        required
      />
      {isNew ? (
        <>
          <TextField
            label="What playbooks call it"
            hint="For example on-call. It does not change later."
            className="font-mono"
            value={form.key}
            onChange={(event) => onChange({ key: event.target.value })}
            error={errors.key}
            maxLength={80}
            spellCheck={false}
            required
          />
          {services.length > 1 ? (
            <SelectField
              label="Service"
              value={form.service}
              onChange={(event) => onChange({ service: event.target.value })}
            >
              {services.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </SelectField>
          ) : null}
        </>
      ) : null}
      <TextField
        label="By the clock of"
        hint="A time zone, as America/New_York or Europe/Berlin."
        value={form.zone}
        onChange={(event) => onChange({ zone: event.target.value })}
        error={errors.zone}
        list="rota-zones"
        spellCheck={false}
        required
      />
      <datalist id="rota-zones">
        {[...new Set([own, "UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Sydney"])].map(
          (zone) => (
            <option key={zone} value={zone} />
          ),
        )}
      </datalist>
    </>
  )
}
