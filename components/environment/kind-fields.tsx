"use client"
import { SchemaForm } from "@/components/schema-form/schema-form"
import { SelectField } from "@/components/ui/field"
import type { KindInfo } from "./kinds"

interface Chosen {
  kind: string
  config: Record<string, unknown>
}

/** Which kind, and its own settings. Settings of another kind are kept while one looks around. */
export function KindFields<T extends Chosen>({
  label,
  kinds,
  value,
  kept,
  path,
  faults,
  onChange,
}: {
  label: string
  kinds: readonly KindInfo[]
  value: T
  /** Settings by kind, as they were when another kind was chosen. */
  kept: Map<string, Record<string, unknown>>
  path: string
  faults: Record<string, string>
  onChange(value: T): void
}) {
  const known = kinds.find(({ kind }) => kind === value.kind)
  return (
    <fieldset className="grid gap-4 rounded-lg border p-4">
      <legend className="px-1 font-medium text-sm">{label}</legend>
      <SelectField
        label="Kind"
        value={value.kind}
        error={faults[`${path}.kind`]}
        hint={known?.summary}
        onChange={(event) => {
          kept.set(value.kind, value.config)
          onChange({ ...value, kind: event.target.value, config: kept.get(event.target.value) ?? {} })
        }}
      >
        {kinds.map(({ kind, title }) => (
          <option key={kind} value={kind}>
            {title}
          </option>
        ))}
      </SelectField>
      {known ? (
        <SchemaForm
          key={known.kind}
          schema={known.schema}
          value={value.config}
          faults={faults}
          path={`${path}.config`}
          onChange={(config) => onChange({ ...value, config })}
        />
      ) : null}
    </fieldset>
  )
}
