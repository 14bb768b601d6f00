import type { ReactNode } from "react"
import { cn } from "./cn"

/** A titled section with a hairline around it. */
export function Panel({
  title,
  aside,
  children,
  className,
  id,
}: {
  title?: ReactNode
  aside?: ReactNode
  children: ReactNode
  className?: string
  id?: string
}) {
  return (
    <section id={id} className={cn("rounded-xl border bg-surface", className)}>
      {title ? (
        <header className="flex min-h-11 items-center justify-between gap-x-4 border-b px-4 py-2">
          <h2 className="min-w-0 font-semibold text-sm">{title}</h2>
          {aside ? (
            <div className="flex shrink-0 flex-wrap items-center justify-end gap-x-3 gap-y-0.5 text-ink-2 text-xs">
              {aside}
            </div>
          ) : null}
        </header>
      ) : null}
      {children}
    </section>
  )
}

export function Empty({ title, children, icon }: { title: string; children?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 px-6 py-9 text-center">
      {icon ? <div className="mb-1 text-ink-3 [&_svg]:size-6">{icon}</div> : null}
      <p className="font-medium">{title}</p>
      {children ? <div className="max-w-md text-ink-2 text-sm">{children}</div> : null}
    </div>
  )
}
