"use client"
import { Checkbox } from "@/components/ui/checkbox"

/** A checkbox a weekday. */
export function DayBoxes<T extends string>({
  legend,
  options,
  chosen,
  onChange,
}: {
  legend: string
  options: readonly { value: T; name: string }[]
  chosen: readonly string[]
  onChange(days: T[]): void
}) {
  const isChosen = (value: string) => chosen.includes(value)
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-ink-2 text-sm">{legend}</legend>
      <div className="flex flex-wrap gap-x-2">
        {options.map(({ value, name }) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the box is inside
          <label key={value} className="inline-flex items-center pr-1 text-sm">
            <Checkbox
              checked={isChosen(value)}
              onCheckedChange={(checked) =>
                onChange(
                  options.flatMap((each) =>
                    (each.value === value ? checked : isChosen(each.value)) ? [each.value] : [],
                  ),
                )
              }
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
