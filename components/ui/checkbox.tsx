"use client"
import { Check, Minus } from "lucide-react"
import { Checkbox as Radix } from "radix-ui"
import type { ComponentProps } from "react"
import { cn } from "./cn"

/** The box is 18 px, its target 28 px. */
export function Checkbox({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn("group grid size-7 shrink-0 place-items-center rounded-md disabled:opacity-50", className)}
      {...props}
    >
      <span
        className={cn(
          "grid size-[18px] place-items-center rounded-[5px] border border-control bg-surface text-accent-ink transition-colors",
          "group-hover:border-ink-2 group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent",
          "group-data-[state=indeterminate]:border-accent group-data-[state=indeterminate]:bg-accent",
        )}
      >
        <Radix.Indicator className="group/i">
          {props.checked === "indeterminate" ? (
            <Minus className="size-3" strokeWidth={3} aria-hidden />
          ) : (
            <Check className="size-3" strokeWidth={3} aria-hidden />
          )}
        </Radix.Indicator>
      </span>
    </Radix.Root>
  )
}
