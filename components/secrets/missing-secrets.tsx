import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"

/** What will fail before anybody runs it. */
export function MissingSecrets({
  missing,
  where,
  onAdd,
}: {
  missing: [name: string, by: string[]][]
  where: string
  onAdd: ((name: string) => void) | null
}) {
  if (missing.length === 0) return null
  return (
    <Notice tone="warn" className="m-4" data-testid="missing-secrets">
      <p className="font-medium">
        {missing.length === 1 ? "A secret is asked for that" : "Secrets are asked for that"} {where} does not have
      </p>
      <ul className="mt-1 grid gap-1.5">
        {missing.map(([name, by]) => (
          <li key={name} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
            <span className="break-all font-mono">{name}</span>
            <span className="min-w-0 flex-1 basis-40 text-ink-2">{by.join(", ")}</span>
            {onAdd ? (
              <Button size="sm" onClick={() => onAdd(name)} aria-label={`Add ${name}`}>
                Add
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
