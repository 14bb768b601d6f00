import type { BlockOf } from "./block-of"
import { VerdictShape } from "./verdict-shape"

export function FactsBlock({ block }: { block: BlockOf<"facts"> }) {
  return (
    <div>
      {block.title ? <p className="mb-1 text-ink-3 text-xs">{block.title}</p> : null}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-sm">
        {block.facts.map((fact) => (
          <div key={`${fact.label} ${fact.value}`} className="contents">
            <dt className="text-ink-3">{fact.label}</dt>
            <dd className="flex items-center gap-1.5 break-all">
              <VerdictShape verdict={fact.verdict} />
              <span className="min-w-0">{fact.value}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
