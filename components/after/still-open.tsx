import { Notice } from "@/components/ui/notice"

/** What closing leaves undone. */
export function StillOpen({ open }: { open: readonly string[] }) {
  return (
    <Notice tone="warn" data-testid="still-open">
      <p className="font-medium">
        {open.length === 1 ? "One thing is still open" : `${open.length} things are still open`}
      </p>
      <ul className="mt-0.5 max-h-40 list-disc overflow-y-auto pl-4 text-ink-2">
        {open.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </Notice>
  )
}
