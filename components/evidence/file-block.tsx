import { FileText } from "lucide-react"
import type { BlockOf } from "./block-of"

export function FileBlock({ block }: { block: BlockOf<"file"> }) {
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm">
      <FileText className="size-4 text-ink-3" aria-hidden />
      <span>{block.name}</span>
      <span className="text-ink-3 text-xs">
        {block.mediaType}, {block.sizeBytes.toLocaleString("en")} bytes
      </span>
      <span className="break-all font-mono text-2xs text-ink-3">{block.sha256}</span>
    </p>
  )
}
