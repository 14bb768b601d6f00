"use client"
import Link from "next/link"
import { StatusShape } from "@/components/status/status-mark"
import { Ago } from "@/components/time/instant"
import { Disclosure } from "@/components/ui/disclosure"
import { plainLine } from "@/components/ui/inline-code"
import { useRelease } from "@/lib/client/release-context"
import type { ChecklistItem } from "@/lib/domain/release/state"

/** What the gate lets pass without proof: which items, why and by whose word. */
export function Exceptions({ onFollow }: { onFollow(): void }) {
  const items = useRelease((release) => release.items)
  const groups = useRelease((release) => release.groups)
  const id = useRelease((release) => release.id)
  const zone = useRelease((release) => release.window.zone)
  const all = groups.flatMap((group) => group.itemKeys).flatMap((key) => items[key] ?? [])
  const excepted = [...of(all, "waived"), ...of(all, "not_applicable")]
  if (excepted.length === 0) return null
  return (
    <Disclosure
      summary={<span data-testid="gate-exceptions">{exceptionWords(all).join(", ")}</span>}
      className="border-b px-4 py-1.5"
    >
      <ul className="grid gap-2 pb-1">
        {excepted.map((item) => (
          <li key={item.key}>
            <Link
              href={`/releases/${id}/checklist#item-${item.key}`}
              onClick={onFollow}
              className="flex items-start gap-2.5 rounded-md px-1 py-1 text-sm hover:bg-hover"
            >
              <StatusShape tone="off" className="mt-0.5 size-3.5" />
              <span className="min-w-0">
                <span className="block">{plainLine(item.title)}</span>
                <span className="block break-words text-ink-2 text-xs">{item.note ?? "No reason on record"}</span>
                <span className="block text-ink-3 text-xs">
                  {item.state === "waived" ? "Waived" : "Does not apply"}, {item.by ?? "Golive"}
                  {item.at ? (
                    <>
                      , <Ago at={item.at} zone={zone} />
                    </>
                  ) : null}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

function of(items: readonly ChecklistItem[], state: ChecklistItem["state"]): ChecklistItem[] {
  return items.filter((item) => item.state === state)
}

/** `2 waived`, `1 does not apply`. */
function exceptionWords(items: readonly ChecklistItem[]): string[] {
  const waived = of(items, "waived").length
  const notApplicable = of(items, "not_applicable").length
  return [
    waived > 0 ? `${waived} waived` : "",
    notApplicable > 0 ? `${notApplicable} ${notApplicable === 1 ? "does not apply" : "do not apply"}` : "",
  ].filter(Boolean)
}
