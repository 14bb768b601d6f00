import { Slot } from "radix-ui"
import type { ComponentProps } from "react"
import { cn } from "./cn"

const tones = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover border-transparent",
  danger: "bg-fail text-danger-ink hover:bg-fail-hover border-transparent",
  secondary: "bg-surface text-ink border-line-strong hover:bg-hover",
  quiet: "bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink",
}
const sizes = {
  sm: "h-7 px-2.5 text-xs gap-1.5",
  md: "h-8 px-3 text-sm gap-2",
  lg: "h-10 px-4 text-base gap-2",
  icon: "size-7 justify-center",
}

export interface ButtonProps extends ComponentProps<"button"> {
  tone?: keyof typeof tones
  size?: keyof typeof sizes
  /** Renders the child (a link) with the button's look. */
  asChild?: boolean
  busy?: boolean
}

export function Button({ tone = "secondary", size = "md", asChild, busy, className, disabled, ...props }: ButtonProps) {
  const Element = asChild ? Slot.Root : "button"
  return (
    <Element
      {...(asChild ? {} : { type: "button" as const, disabled: disabled || busy })}
      aria-busy={busy || undefined}
      className={cn(
        "inline-flex shrink-0 select-none items-center whitespace-nowrap rounded-md border font-medium transition-colors",
        "disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:shrink-0",
        tones[tone],
        sizes[size],
        busy && "animate-pulse-soft",
        className,
      )}
      {...props}
    />
  )
}
