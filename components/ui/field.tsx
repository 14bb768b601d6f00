"use client"
import { type ComponentProps, type ReactNode, useId } from "react"
import { cn } from "./cn"

const control =
  "w-full rounded-md border border-control bg-surface px-2.5 text-ink placeholder:text-ink-3 aria-[invalid=true]:border-fail disabled:bg-sunken disabled:text-ink-3"

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | null
}

/** Label, control, hint and error, tied together for assistive technology. */
function useField({ hint, error }: FieldProps) {
  const id = useId()
  const describedBy = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(" ")
  return { id, describedBy: describedBy || undefined }
}

function Frame({ id, label, hint, error, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-1.5">
      <label htmlFor={id} className="font-medium text-ink-2 text-sm">
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="text-ink-3 text-xs">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-fail text-xs">
          {error}
        </p>
      ) : null}
    </div>
  )
}

export function TextField({ label, hint, error, className, ...props }: FieldProps & ComponentProps<"input">) {
  const { id, describedBy } = useField({ label, hint, error })
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        aria-describedby={describedBy}
        aria-invalid={error ? true : undefined}
        className={cn(control, "h-9", className)}
        {...props}
      />
    </Frame>
  )
}

export function TextArea({ label, hint, error, className, ...props }: FieldProps & ComponentProps<"textarea">) {
  const { id, describedBy } = useField({ label, hint, error })
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        rows={3}
        aria-describedby={describedBy}
        aria-invalid={error ? true : undefined}
        className={cn(control, "resize-y py-2", className)}
        {...props}
      />
    </Frame>
  )
}

export function SelectField({
  label,
  hint,
  error,
  className,
  children,
  ...props
}: FieldProps & ComponentProps<"select">) {
  const { id, describedBy } = useField({ label, hint, error })
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <select
        id={id}
        aria-describedby={describedBy}
        aria-invalid={error ? true : undefined}
        className={cn(control, "h-9", className)}
        {...props}
      >
        {children}
      </select>
    </Frame>
  )
}
