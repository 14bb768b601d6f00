import { CircleCheck, Info, OctagonX, TriangleAlert } from "lucide-react"
import type { ReactNode } from "react"
import { cn } from "./cn"

const tones = {
  info: { Icon: Info, look: "border-line-strong bg-sunken", ink: "text-ink-2" },
  pass: { Icon: CircleCheck, look: "border-pass/35 bg-pass/8", ink: "text-pass" },
  warn: { Icon: TriangleAlert, look: "border-warn/40 bg-warn/8", ink: "text-warn" },
  fail: { Icon: OctagonX, look: "border-fail/40 bg-fail/8", ink: "text-fail" },
}

/** Something to know, in place. `live` announces it when it appears. */
export function Notice({
  tone = "info",
  children,
  actions,
  live,
  className,
  ...rest
}: {
  tone?: keyof typeof tones
  children: ReactNode
  actions?: ReactNode
  live?: boolean
  className?: string
  "data-testid"?: string
}) {
  const { Icon, look, ink } = tones[tone]
  return (
    <div
      {...(live ? { role: tone === "fail" ? "alert" : "status" } : {})}
      className={cn("flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-3 py-2 text-sm", look, className)}
      {...rest}
    >
      <Icon className={cn("mt-[3px] size-3.5 shrink-0", ink)} aria-hidden />
      <div className="min-w-0 flex-1 text-ink">{children}</div>
      {actions ? <div className="flex shrink-0 items-center gap-2">{actions}</div> : null}
    </div>
  )
}
