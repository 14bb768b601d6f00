import { Download, FileText } from "lucide-react"
import { Button } from "@/components/ui/button"
import type { BlockOf } from "./block-of"
import { sizeInWords } from "./size-in-words"

export function FileBlock({ block, href }: { block: BlockOf<"file">; href: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <FileText className="size-4 shrink-0 text-ink-3" aria-hidden />
      <span className="min-w-0 break-all">{block.name}</span>
      <span className="text-ink-3 text-xs">
        {block.mediaType}, {sizeInWords(block.sizeBytes)}
      </span>
      <Button asChild size="sm" className="ml-auto">
        <a href={href} download>
          <Download aria-hidden /> Download
        </a>
      </Button>
    </div>
  )
}
