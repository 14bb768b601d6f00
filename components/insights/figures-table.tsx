import type { ReactNode } from "react"
import { cn } from "@/components/ui/cn"
import { Scrollable } from "@/components/ui/scrollable"

/** A table of figures: the first column names the row, numbers stand to the right. */
export function FiguresTable({
  label,
  columns,
  rows,
}: {
  label: string
  columns: readonly string[]
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
}) {
  return (
    <Scrollable label={label} className="overflow-x-auto px-4 py-2">
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b text-ink-3 text-xs">
            {columns.map((column, index) => (
              <th
                key={column}
                scope="col"
                className={cn("whitespace-nowrap py-1.5 font-normal", index === 0 ? "text-left" : "pl-4 text-right")}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [head, ...cells] }) => (
            <tr key={key} className="border-b last:border-0">
              <th scope="row" className="min-w-32 py-1.5 text-left font-normal">
                {head}
              </th>
              {cells.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column
                <td key={index} className="whitespace-nowrap py-1.5 pl-4 text-right">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  )
}
