import { cn } from "@/components/ui/cn"
import type { Counts } from "@/lib/domain/checklist/progress"

/** How much of something is done, stale, failed and open, in one bar; its label and the words beside it say the same. */
export function CountsBar({ counts, label, className }: { counts: Counts; label: string; className?: string }) {
  const { total, done, byStatus } = counts
  const parts = [
    { key: "done", value: done, look: done === total ? "bg-pass" : "bg-accent" },
    { key: "stale", value: byStatus.stale, look: "bg-warn" },
    { key: "failed", value: byStatus.failed, look: "bg-fail" },
  ].filter(({ value }) => value > 0)
  return (
    <div
      role="img"
      aria-label={`${label}: ${done} of ${total} done${countWords(counts)
        .map((words) => `, ${words}`)
        .join("")}`}
      className={cn("flex h-1 gap-px overflow-hidden rounded-full bg-line", className)}
    >
      {parts.map(({ key, value, look }) => (
        <div
          key={key}
          className={cn("h-full transition-[width] duration-300", look)}
          style={{ width: `${total > 0 ? (value / total) * 100 : 0}%` }}
        />
      ))}
    </div>
  )
}

/** `2 failed`, `1 stale`, `4 open`, `1 waived`: what there is of it, what needs somebody first. */
export function countWords({ byStatus }: Counts): string[] {
  const words: [number, string][] = [
    [byStatus.failed, "failed"],
    [byStatus.stale, "stale"],
    [byStatus.open, "open"],
    [byStatus.waived, "waived"],
    [byStatus.not_applicable, byStatus.not_applicable === 1 ? "does not apply" : "do not apply"],
  ]
  return words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
}
