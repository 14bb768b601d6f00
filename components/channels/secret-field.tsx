"use client"
import { useId } from "react"
import { labelOf } from "@/components/schema-form/json-schema"
import { Checkbox } from "@/components/ui/checkbox"
import { TextField } from "@/components/ui/field"
import { InlineCode } from "@/components/ui/inline-code"
import type { SecretEntries, SecretSetting } from "./channel-settings"

/** What goes in and never comes out again. Whether there is one is all that is shown. */
export function SecretField({
  field,
  description,
  required,
  isSet,
  entry,
  error,
  onChange,
}: SecretSetting & {
  isSet: boolean
  entry: SecretEntries[string]
  error: string | undefined
  onChange(entry: SecretEntries[string]): void
}) {
  const id = useId()
  const label = `${labelOf(field)}${required ? "" : " (optional)"}`
  const words = [description, isSet ? "One is set; leave this empty to keep it." : null].filter(Boolean).join(" ")
  return (
    <div className="grid grid-cols-1 gap-1">
      <TextField
        label={label}
        hint={words ? <InlineCode text={words} /> : undefined}
        error={error}
        type="password"
        value={entry ?? ""}
        disabled={entry === null}
        placeholder={isSet && entry !== null ? "••••••••" : undefined}
        autoComplete="new-password"
        spellCheck={false}
        className="font-mono text-xs"
        onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
      />
      {isSet && !required ? (
        <div className="flex items-center gap-1 text-ink-2 text-xs">
          <Checkbox id={id} checked={entry === null} onCheckedChange={(gone) => onChange(gone ? null : undefined)} />
          <label htmlFor={id}>Take it away</label>
        </div>
      ) : null}
    </div>
  )
}
