import { Progress } from "@/components/ui/progress"
import type { BlockOf } from "./block-of"
import { VerdictShape } from "./verdict-shape"

export function MetricBlock({ block: { label, value, unit, limit, verdict } }: { block: BlockOf<"metric"> }) {
  const tone = verdict === "bad" ? "fail" : verdict === "good" ? "pass" : "accent"
  return (
    <div className="max-w-sm text-sm">
      <p className="flex items-center gap-1.5">
        <VerdictShape verdict={verdict} />
        <span className="text-ink-3">{label}</span>
        <span className="ml-auto font-medium">
          {value.toLocaleString("en")} {unit}
        </span>
        {limit === undefined ? null : (
          <span className="text-ink-3 text-xs">
            limit {limit.toLocaleString("en")} {unit}
          </span>
        )}
      </p>
      {limit === undefined ? null : (
        <Progress value={value} max={limit} label={`${label} of its limit`} tone={tone} className="mt-1" />
      )}
    </div>
  )
}
