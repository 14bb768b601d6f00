import type { BlockOf } from "./block-of"

export function TextBlock({ block }: { block: BlockOf<"text"> }) {
  return (
    <div className="text-sm">
      {block.title ? <p className="mb-0.5 text-ink-3 text-xs">{block.title}</p> : null}
      <p className="whitespace-pre-line break-words">{block.text}</p>
    </div>
  )
}
