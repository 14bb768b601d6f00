import {
  Circle,
  CircleCheck,
  CircleDot,
  CirclePause,
  CircleSlash,
  LoaderCircle,
  OctagonX,
  TriangleAlert,
} from "lucide-react"
import { cn } from "@/components/ui/cn"
import type { Look, Tone } from "./tones"

const shapes = {
  none: Circle,
  busy: LoaderCircle,
  ready: CircleDot,
  pass: CircleCheck,
  fail: OctagonX,
  warn: TriangleAlert,
  wait: CirclePause,
  off: CircleSlash,
} satisfies Record<Tone, typeof Circle>

export const toneInk: Record<Tone, string> = {
  none: "text-ink-3",
  busy: "text-accent",
  ready: "text-accent",
  pass: "text-pass",
  fail: "text-fail",
  warn: "text-warn",
  wait: "text-warn",
  off: "text-ink-3",
}

/** The shape alone; give it a word beside, or `label` where there is no room. */
export function StatusShape({ tone, label, className }: { tone: Tone; label?: string; className?: string }) {
  const Shape = shapes[tone]
  return (
    <Shape
      className={cn("size-4 shrink-0", toneInk[tone], tone === "busy" && "animate-turn", className)}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    />
  )
}

/** Shape and word. */
export function StatusMark({ look, className }: { look: Look; className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap text-sm", toneInk[look.tone], className)}>
      <StatusShape tone={look.tone} className="size-3.5" />
      {look.word}
    </span>
  )
}

/** Shape and word in a hairline pill, for the state of a whole thing. */
export function StatusPill({ look, className, ...rest }: { look: Look; className?: string; "data-testid"?: string }) {
  return (
    <span
      className={cn(
        "inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-full border border-current/25 px-2.5 font-medium text-xs",
        toneInk[look.tone],
        className,
      )}
      {...rest}
    >
      <StatusShape tone={look.tone} className="size-3.5" />
      {look.word}
    </span>
  )
}
