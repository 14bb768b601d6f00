"use client"
import { Notice } from "@/components/ui/notice"
import { useChanges } from "./use-changes"

/** Said wherever somebody decides about going or going back; silent while nothing speaks against code alone. */
export function CodeOnlyWarning({ className }: { className?: string }) {
  const { data } = useChanges()
  const told = data?.codeOnlyRollback
  if (!told || told.safe) return null
  return (
    <Notice tone="warn" className={className} data-testid="code-only-warning">
      <p className="font-medium">{told.words}</p>
      <ul className="mt-0.5 list-disc pl-4 text-ink-2 [overflow-wrap:anywhere]">
        {told.why.slice(0, 5).map((why) => (
          <li key={why}>{why}</li>
        ))}
        {told.why.length > 5 ? <li>and {told.why.length - 5} more</li> : null}
      </ul>
    </Notice>
  )
}
