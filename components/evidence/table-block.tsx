import { cn } from "@/components/ui/cn"
import type { BlockOf } from "./block-of"
import { VerdictShape } from "./verdict-shape"

/** Tables of evidence, expected against actual among them. */
export function TableBlock({ block }: { block: BlockOf<"table"> }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-left text-sm">
        {block.title ? <caption className="pb-1 text-left text-ink-3 text-xs">{block.title}</caption> : null}
        <thead>
          <tr className="border-b text-ink-3 text-xs">
            {block.verdicts ? (
              <th scope="col" className="w-6 py-1 font-normal">
                <span className="sr-only">Result</span>
              </th>
            ) : null}
            {block.columns.map((column) => (
              <th key={column} scope="col" className="py-1 pr-4 font-normal">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: evidence never changes
            <tr key={index} className="border-b align-top last:border-0">
              {block.verdicts ? (
                <td className="py-1.5">
                  <VerdictShape verdict={block.verdicts[index] ?? "neutral"} />
                </td>
              ) : null}
              {row.map((cell, column) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: evidence never changes
                  key={column}
                  className={cn("break-words py-1.5 pr-4", column > 0 && "font-mono text-xs leading-5")}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
