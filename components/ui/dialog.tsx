"use client"
import { X } from "lucide-react"
import { Dialog as Radix } from "radix-ui"
import { type ReactNode, useLayoutEffect, useRef } from "react"
import { cn } from "./cn"

interface DialogProps {
  open: boolean
  onOpenChange(open: boolean): void
  title: string
  description?: ReactNode
  children: ReactNode
  /** `drawer` comes in from the side and takes the height of the page. */
  shape?: "centre" | "drawer"
  className?: string
}

const shapes = {
  centre:
    "left-1/2 top-[12vh] max-h-[80vh] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 rounded-xl border animate-fade",
  drawer: "inset-y-0 right-0 w-[min(27rem,100vw)] border-l animate-slide-in",
}

export function Dialog({ open, onOpenChange, title, description, children, shape = "centre", className }: DialogProps) {
  const opener = useRef<Element | null>(null)
  // Before the content is there and takes the focus: a dialog without a trigger has to know itself where to give it back.
  useLayoutEffect(() => {
    if (open) opener.current = document.activeElement
  }, [open])
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener.current instanceof HTMLElement) opener.current.focus()
          }}
          className={cn("fixed z-50 flex flex-col bg-surface shadow-raise outline-none", shapes[shape], className)}
        >
          <header className="flex items-start gap-4 px-5 pt-4 pb-1">
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-semibold text-ink">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-1 text-ink-2 text-sm" asChild>
                  <div>{description}</div>
                </Radix.Description>
              ) : null}
            </div>
            <Radix.Close
              aria-label="Close"
              className="-mr-1.5 grid size-7 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
            >
              <X className="size-4" aria-hidden />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-3 pb-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
