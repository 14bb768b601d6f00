"use client"
import { ChevronRight } from "lucide-react"
import { useState } from "react"
import { StatusShape } from "@/components/status/status-mark"
import { itemLooks } from "@/components/status/tones"
import { InlineCode } from "@/components/ui/inline-code"
import { useRelease } from "@/lib/client/release-context"
import { useNow } from "@/lib/client/use-now"
import type { SignoffRole } from "@/lib/domain/access/roles"
import { clearsGate, itemStatus } from "@/lib/domain/checklist/item-status"
import { own } from "@/lib/domain/release/own"
import { ItemProof } from "./item-proof"

/** The checklist items that a role answers for, with how they stand; the proof of each is one click away. */
export function SupportingItems({ role, titleId }: { role: SignoffRole; titleId: string }) {
  const items = useRelease((release) => release.items)
  const groups = useRelease((release) => release.groups)
  const nowMs = useNow(5_000)
  const [shown, setShown] = useState<string | null>(null)
  const sections = groups
    .map(({ key, title, itemKeys }) => ({
      key,
      title,
      items: itemKeys.flatMap((itemKey) => own(items, itemKey) ?? []).filter(({ owner }) => owner === role),
    }))
    .filter((section) => section.items.length > 0)
  const all = sections.flatMap((section) => section.items)
  const open = all.filter((item) => !clearsGate(itemStatus(item, nowMs))).length
  if (all.length === 0) return <p className="text-ink-2 text-sm">No item of the checklist is this role’s.</p>
  return (
    <div className="grid gap-2">
      <p className="text-ink-2 text-sm">
        {all.length} {all.length === 1 ? "item is" : "items are"} this role’s:{" "}
        {open === 0 ? "all are done." : `${open} ${open === 1 ? "is" : "are"} not done.`}
      </p>
      <div className="max-h-72 overflow-y-auto rounded-lg border">
        {sections.map((section) => (
          <section key={section.key} aria-label={section.title}>
            <h5 className="bg-sunken px-3 py-1 text-ink-2 text-xs">{section.title}</h5>
            <ul className="divide-y">
              {section.items.map((item) => {
                const look = itemLooks[itemStatus(item, nowMs)]
                return (
                  <li key={item.key}>
                    <button
                      type="button"
                      aria-haspopup="dialog"
                      aria-describedby={titleId}
                      onClick={() => setShown(item.key)}
                      className="flex w-full items-start gap-2 px-3 py-1.5 text-left text-sm hover:bg-hover/60"
                    >
                      <StatusShape tone={look.tone} label={look.word} className="mt-[3px] size-3.5" />
                      <span className="min-w-0 flex-1">
                        <span className="break-words">
                          <InlineCode text={item.title} />
                        </span>
                        <span className="block text-ink-3 text-xs">
                          {item.evidence?.summary ?? item.note ?? look.word}
                        </span>
                      </span>
                      <ChevronRight className="mt-1 size-3 shrink-0 text-ink-3" aria-hidden />
                    </button>
                  </li>
                )
              })}
            </ul>
          </section>
        ))}
      </div>
      {shown ? <ItemProof itemKey={shown} onClose={() => setShown(null)} /> : null}
    </div>
  )
}
