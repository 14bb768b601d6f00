import type { ReactNode } from "react"

/** What scrolls by itself, so that the keyboard reaches it: named, and no landmark, for there may be many. */
export function Scrollable({ label, className, children }: { label: string; className: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it only a pointer could scroll
    <div role="group" aria-label={label} tabIndex={0} className={className}>
      {children}
    </div>
  )
}
