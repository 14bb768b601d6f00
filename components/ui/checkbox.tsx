"use client"
import { Check, Minus } from "lucide-react"
import { type ComponentProps, useEffect, useRef } from "react"
import { cn } from "./cn"

interface CheckboxProps extends Omit<ComponentProps<"input">, "checked" | "onChange" | "type"> {
  checked: boolean | "indeterminate"
  onCheckedChange(checked: boolean): void
}

/** The browser's own checkbox under a drawn one: the box is 18 px, its target 28 px. */
export function Checkbox({ checked, onCheckedChange, className, ...props }: CheckboxProps) {
  const input = useRef<HTMLInputElement>(null)
  const mixed = checked === "indeterminate"
  useEffect(() => {
    if (input.current) input.current.indeterminate = mixed
  }, [mixed])
  const Mark = mixed ? Minus : Check
  return (
    <span className={cn("relative grid size-7 shrink-0 place-items-center", props.disabled && "opacity-50", className)}>
      <input
        ref={input}
        type="checkbox"
        checked={checked === true}
        onChange={(event) => onCheckedChange(event.target.checked)}
        className="peer absolute inset-0 cursor-pointer appearance-none rounded-md disabled:cursor-not-allowed"
        {...props}
      />
      <span
        aria-hidden
        className={cn(
          "pointer-events-none grid size-[18px] place-items-center rounded-[5px] border transition-colors peer-hover:border-ink-2",
          checked ? "border-accent bg-accent text-accent-ink" : "border-control bg-surface text-transparent",
        )}
      >
        <Mark className="size-3" strokeWidth={3} />
      </span>
    </span>
  )
}
