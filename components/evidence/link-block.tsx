import { ExternalLink } from "lucide-react"
import type { BlockOf } from "./block-of"

export function LinkBlock({ block }: { block: BlockOf<"link"> }) {
  return (
    <a
      href={block.url}
      target="_blank"
      rel="noreferrer noopener"
      className="inline-flex items-center gap-1.5 text-accent text-sm underline underline-offset-2"
    >
      {block.label} <ExternalLink className="size-3.5" aria-hidden />
      <span className="sr-only">(opens in a new tab)</span>
    </a>
  )
}
