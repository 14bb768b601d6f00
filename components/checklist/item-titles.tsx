"use client"
import { Fragment } from "react"
import { useRelease } from "@/lib/client/release-context"

const SHOWN = 3

/** Items by title, each a link to itself: the first three, and how many more there are. */
export function ItemTitles({ keys, lead = "" }: { keys: readonly string[]; lead?: string }) {
  const items = useRelease((release) => release.items)
  const more = keys.length - SHOWN
  return (
    <>
      {lead}
      {keys.slice(0, SHOWN).map((key, index) => (
        <Fragment key={key}>
          {index > 0 ? ", " : ""}
          <a
            href={`#item-${key}`}
            className="text-ink underline decoration-line-strong underline-offset-2 hover:decoration-ink"
          >
            {(items[key]?.title ?? key).replaceAll("`", "")}
          </a>
        </Fragment>
      ))}
      {more > 0 ? <> + {more} more</> : null}
    </>
  )
}
