import { inlineMarkdown, quotedMarkdown } from "./escape-markdown"
import type { ReportModel, ReportPart } from "./report-model"

/** A report as Markdown (CommonMark with tables). The same report gives the same text. */
export function reportInMarkdown({ title, sections }: ReportModel): string {
  const blocks = [`# ${inlineMarkdown(title)}`]
  for (const section of sections) {
    blocks.push(`## ${inlineMarkdown(section.title)}`, ...section.parts.map(partInMarkdown))
  }
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`
}

function partInMarkdown(part: ReportPart): string {
  switch (part.type) {
    case "text":
      return inlineMarkdown(part.text)
    case "quote":
      return quotedMarkdown(part.text)
    case "facts":
      return part.facts.map(({ label, value }) => `- **${inlineMarkdown(label)}:** ${inlineMarkdown(value)}`).join("\n")
    case "list":
      return part.items.map((item) => `- ${inlineMarkdown(item)}`).join("\n")
    case "table":
      return [part.columns, part.columns.map(() => "---"), ...part.rows]
        .map((cells, index) => rowInMarkdown(index === 1 ? cells : cells.map(inlineMarkdown)))
        .join("\n")
    case "blank":
      return `*${inlineMarkdown(part.prompt)}*`
  }
}

function rowInMarkdown(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`
}
