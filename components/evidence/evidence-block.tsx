import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { FactsBlock } from "./facts-block"
import { FileBlock } from "./file-block"
import { LinkBlock } from "./link-block"
import { LogBlock } from "./log-block"
import { MetricBlock } from "./metric-block"
import { TableBlock } from "./table-block"
import { TextBlock } from "./text-block"

/** Draws a block by its type. A new type does not compile until it has a renderer. */
export function EvidenceBlockView({ block, fileHref }: { block: EvidenceBlock; fileHref: string }) {
  switch (block.type) {
    case "text":
      return <TextBlock block={block} />
    case "facts":
      return <FactsBlock block={block} />
    case "metric":
      return <MetricBlock block={block} />
    case "table":
      return <TableBlock block={block} />
    case "log":
      return <LogBlock block={block} />
    case "link":
      return <LinkBlock block={block} />
    case "file":
      return <FileBlock block={block} href={fileHref} />
  }
}
