import { cn } from "./cn"

/** A hairline bar; the words beside it carry the number. */
export function Progress({
  value,
  max,
  label,
  tone = "accent",
  className,
}: {
  value: number
  max: number
  label: string
  tone?: "accent" | "pass" | "fail" | "warn"
  className?: string
}) {
  const fill = { accent: "bg-accent", pass: "bg-pass", fail: "bg-fail", warn: "bg-warn" }[tone]
  const share = max > 0 ? Math.min(1, value / max) : 0
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, max)}
      aria-valuenow={Math.min(value, max)}
      className={cn("h-1 overflow-hidden rounded-full bg-line", className)}
    >
      <div
        className={cn("h-full origin-left rounded-full transition-transform duration-300", fill)}
        style={{ transform: `scaleX(${share})` }}
      />
    </div>
  )
}
