import { cn } from "@/components/ui/cn"

/** Apart from one another also for most who see few colours; initials say the rest. */
const HUES = [255, 150, 60, 325, 200, 25, 105, 290]

/** A hue by person, in the order in which they are first named; the same in every part of a page. */
export function huesOf(personIds: Iterable<string>): Map<string, number> {
  return new Map([...new Set(personIds)].map((id, n) => [id, HUES[n % HUES.length] ?? 0]))
}

/** A person's tint, over whatever theme is on: the ink of the page stays readable on it. */
export function tintOf(hue: number | undefined): { background: string; borderColor: string } | undefined {
  if (hue === undefined) return undefined
  const colour = `oklch(0.65 0.15 ${hue})`
  return { background: `color-mix(in oklab, ${colour} 20%, var(--surface))`, borderColor: colour }
}

export function PersonMark({ name, hue, className }: { name: string; hue?: number; className?: string }) {
  return (
    <span
      aria-hidden
      style={tintOf(hue)}
      className={cn(
        "inline-grid size-8 shrink-0 place-items-center rounded-full border-2 font-semibold text-ink text-xs",
        className,
      )}
    >
      {initials(name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "")
    .join("")
}
