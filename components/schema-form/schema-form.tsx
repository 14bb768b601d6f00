"use client"
import { useId, useState } from "react"
import { Checkbox } from "@/components/ui/checkbox"
import { SelectField, TextArea, TextField } from "@/components/ui/field"
import { InlineCode } from "@/components/ui/inline-code"
import { type JsonSchema, labelOf, shapeOf } from "./json-schema"
import {
  type Read,
  readJson,
  readLines,
  readNumber,
  readPairs,
  withSetting,
  writeJson,
  writeLines,
  writePairs,
} from "./written"

type Settings = Record<string, unknown>

interface SchemaFormProps {
  schema: JsonSchema
  value: Settings
  onChange(value: Settings): void
  /** Faults by dotted path, as the server names them below `path`. */
  faults: Record<string, string>
  path: string
}

/** A form made of a kind's settings schema: whoever adds a kind writes no form. */
export function SchemaForm({ schema, value, onChange, faults, path }: SchemaFormProps) {
  const fields = Object.entries(schema.properties ?? {})
  return (
    <div className="grid gap-4">
      {fields.map(([name, field]) => (
        <Field
          key={name}
          name={name}
          schema={field}
          required={schema.required?.includes(name) ?? false}
          value={value[name]}
          faults={faults}
          path={`${path}.${name}`}
          onChange={(next) => onChange(withSetting(value, name, next))}
        />
      ))}
    </div>
  )
}

interface FieldProps {
  name: string
  schema: JsonSchema
  required: boolean
  value: unknown
  faults: Record<string, string>
  path: string
  onChange(value: unknown): void
}

/** One setting, with what its shape asks for. */
export function Field(props: FieldProps) {
  const { name, schema, required, value, faults, path, onChange } = props
  const isOptional = !required && schema.type !== "boolean"
  const label = `${labelOf(name)}${isOptional ? " (optional)" : ""}`
  const words = hintOf(schema)
  const hint = words ? <InlineCode text={words} /> : undefined
  const error = faults[path] ?? null
  const id = useId()
  switch (shapeOf(schema)) {
    case "text":
      return (
        <TextField
          {...{ label, hint, error }}
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
          spellCheck={false}
          autoComplete="off"
          className="font-mono text-xs"
        />
      )
    case "choice":
      return (
        <SelectField
          {...{ label, hint, error }}
          value={typeof value === "string" ? value : String(schema.default ?? "")}
          onChange={(event) => onChange(event.target.value)}
        >
          {value === undefined && schema.default === undefined ? <option value="">Choose</option> : null}
          {schema.enum?.map((one) => (
            <option key={String(one)}>{String(one)}</option>
          ))}
        </SelectField>
      )
    case "switch":
      return (
        <div className="flex items-start gap-2 text-sm">
          <Checkbox
            id={id}
            aria-describedby={hint ? `${id}-hint` : undefined}
            checked={typeof value === "boolean" ? value : schema.default === true}
            onCheckedChange={onChange}
          />
          <div className="min-w-0 pt-1">
            <label htmlFor={id} className="font-medium text-ink-2">
              {label}
            </label>
            {hint ? (
              <p id={`${id}-hint`} className="text-ink-3 text-xs">
                {hint}
              </p>
            ) : null}
          </div>
        </div>
      )
    case "group":
      return (
        <fieldset className="rounded-lg border p-3">
          <legend className="px-1 font-medium text-sm">{label}</legend>
          {words ? <p className="mb-3 text-ink-3 text-xs">{hint}</p> : null}
          <SchemaForm
            {...{ schema, faults, path }}
            value={typeof value === "object" && value !== null ? (value as Settings) : {}}
            onChange={(next) => onChange(Object.keys(next).length > 0 ? next : undefined)}
          />
        </fieldset>
      )
    default:
      return <Written {...props} label={label} hint={words} error={error} />
  }
}

const written = {
  number: { read: readNumber, write: (value: unknown) => (value === undefined ? "" : String(value)), how: "" },
  lines: { read: readLines, write: writeLines, how: "One entry a line." },
  pairs: { read: readPairs, write: writePairs, how: "NAME=value, one a line." },
  json: { read: readJson, write: writeJson, how: "As JSON." },
} as const satisfies Record<string, { read(text: string): Read; write(value: unknown): string; how: string }>

/** What is entered as text that may not be a value yet: the text stays as it was typed. */
function Written({
  schema,
  value,
  faults,
  path,
  label,
  hint,
  error,
  onChange,
}: FieldProps & { label: string; hint: string | undefined; error: string | null }) {
  const shape = shapeOf(schema)
  const { read, write, how } = shape in written ? written[shape as keyof typeof written] : written.json
  const [text, setText] = useState(() => write(value))
  const [why, setWhy] = useState<string | null>(null)
  const below = Object.entries(faults).find(([field]) => field.startsWith(`${path}.`))?.[1]
  const take = (next: string) => {
    setText(next)
    const answer = read(next)
    setWhy(answer.ok ? null : answer.why)
    if (answer.ok) onChange(answer.value)
  }
  const shared = {
    ...{ label, value: text, error: why ?? error ?? below, spellCheck: false, className: "font-mono text-xs" },
    hint: <InlineCode text={[hint, how].filter(Boolean).join(" ")} />,
  }
  if (shape === "number") {
    return <TextField {...shared} inputMode="decimal" onChange={(event) => take(event.target.value)} />
  }
  const rows = Math.min(12, Math.max(2, text.split("\n").length + 1))
  return <TextArea {...shared} rows={rows} onChange={(event) => take(event.target.value)} />
}

function hintOf({ type, description, default: given }: JsonSchema): string | undefined {
  const shown = given === undefined || typeof given === "object" || type === "boolean" ? null : `Default: ${given}.`
  return [description, shown].filter(Boolean).join(" ") || undefined
}
