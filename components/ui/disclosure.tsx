import { ChevronRight } from "lucide-react"
import type { ReactNode } from "react"
import { cn } from "./cn"

/** A native disclosure: works before and without script. */
export function Disclosure({
  summary,
  children,
  className,
  open,
}: {
  summary: ReactNode
  children: ReactNode
  className?: string
  open?: boolean
}) {
  return (
    <details className={cn("group/d", className)} open={open}>
      <summary className="flex min-h-7 select-none list-none items-center gap-1.5 rounded-md text-ink-2 text-sm hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 shrink-0 transition-transform group-open/d:rotate-90" aria-hidden />
        {summary}
      </summary>
      <div className="pt-2">{children}</div>
    </details>
  )
}
