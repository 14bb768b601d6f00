"use client"
import type { ReactNode } from "react"
import { Panel } from "@/components/ui/panel"
import type { Section } from "./checklist-sections"
import { CountsBar, countWords } from "./counts-bar"
import { ProveSection } from "./prove-section"

/** A part of the checklist with how far it is as a whole, whatever the filter lets through. */
export function ChecklistSection({
  section,
  nowMs,
  children,
}: {
  section: Section
  nowMs: number
  children: ReactNode
}) {
  const { key, title, items, counts } = section
  const { done, total } = counts
  return (
    <div data-testid={`section-${key || "none"}`}>
      <Panel
        title={title}
        aside={
          <>
            <ProveSection title={title} items={items} nowMs={nowMs} />
            <span className="hidden text-ink-3 lg:inline">{countWords(counts).join(" · ")}</span>
            <CountsBar counts={counts} label={title} className="w-12 sm:w-32" />
            <span className="w-10 text-right">
              {done}/{total}
            </span>
          </>
        }
      >
        <ul className="divide-y">{children}</ul>
      </Panel>
    </div>
  )
}
