"use client"
import { StatusShape } from "@/components/status/status-mark"
import { cn } from "@/components/ui/cn"
import { useSnapshot } from "@/lib/client/release-context"
import type { Severity } from "@/lib/domain/incident/incident-state"
import { severities } from "@/lib/domain/incident/severity"
import { severityLooks } from "./looks"

/** The four severities in the playbook's own words: when it is one, and what is done about it. */
export function SeverityField({ value, onChange }: { value: Severity; onChange(severity: Severity): void }) {
  const incident = useSnapshot(({ playbook }) => playbook.incident)
  return (
    <fieldset className="grid grid-cols-1 gap-1.5">
      <legend className="mb-1.5 font-medium text-ink-2 text-sm">Severity</legend>
      {severities.map((severity) => {
        const rule = incident.severities.find(({ key }) => key === severity)
        const condition = incident.escalation.find((path) => path.severity === severity)?.condition
        return (
          <label
            key={severity}
            className={cn(
              "flex cursor-pointer items-start gap-3 rounded-lg border px-3 py-2 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent",
              value === severity ? "border-accent bg-accent/8" : "hover:bg-hover",
            )}
          >
            <input
              type="radio"
              name="severity"
              value={severity}
              checked={value === severity}
              onChange={() => onChange(severity)}
              className="mt-1 size-3.5 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0 flex-1 text-sm">
              <span className="flex items-center gap-1.5 font-medium">
                <StatusShape tone={severityLooks[severity].tone} className="size-3.5" />
                {rule?.title ?? severityLooks[severity].word}
              </span>
              {condition ? <span className="block text-ink-2">{condition}</span> : null}
              {rule ? (
                <span className={cn("block text-ink-3 text-xs", value === severity || "max-sm:sr-only")}>
                  {rule.resolution}
                </span>
              ) : null}
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
