import { StatusMark, StatusShape } from "@/components/status/status-mark"
import { ruleInWords } from "@/lib/domain/metric/in-words"
import { ChangeAnswer } from "./change-answer"
import { GiveAnswer } from "./give-answer"
import { partLook, type RoundPart } from "./read-rounds"

/** One thing that a round looks at: with the buttons that answer it, or with its answer. */
export function RoundPartRow({ part, roundKey }: { part: RoundPart; roundKey: string }) {
  const { item, ok, words, by, asksPerson } = part
  const look = partLook(part)
  const about = { roundKey, itemKey: item.key, title: item.title }
  return (
    <li
      data-testid={`part-${item.key}`}
      // Where j and k stop.
      {...(asksPerson ? { "data-part": item.key, tabIndex: -1 } : {})}
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-1.5"
    >
      <StatusShape tone={look.tone} className="size-4" />
      <div className="min-w-0 flex-1 basis-56 text-sm">
        <p className={asksPerson ? "font-medium" : undefined}>{item.title}</p>
        <p className="text-ink-2 text-xs empty:hidden">
          {words ?? (item.rule ? `Not fine where ${ruleInWords(item.rule)}` : null)}
          {by ? <span className="text-ink-3">{words ? ` · ${by}` : by}</span> : null}
        </p>
      </div>
      {ok === null ? (
        <GiveAnswer {...about} />
      ) : (
        <>
          <StatusMark look={look} />
          <ChangeAnswer {...about} ok={ok} />
        </>
      )}
    </li>
  )
}
