"use client"
import { Popover as Radix } from "radix-ui"
import type { ReactNode } from "react"
import { cn } from "./cn"

interface PopoverProps {
  trigger: ReactNode
  label: string
  children: ReactNode
  align?: "start" | "center" | "end"
  className?: string
  open?: boolean
  onOpenChange?(open: boolean): void
}

export function Popover({ trigger, label, children, align = "end", className, open, onOpenChange }: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={8}
          collisionPadding={12}
          aria-label={label}
          className={cn(
            "z-50 w-[min(28rem,calc(100vw-1.5rem))] animate-rise rounded-xl border bg-surface shadow-raise outline-none",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
