import { partsOf } from "./read-mentions"

/** A comment with the names of those whom it calls set apart. */
export function CommentText({ text, mentions }: { text: string; mentions: readonly string[] }) {
  return (
    <p className="whitespace-pre-line break-words text-ink-2">
      {partsOf(text, mentions).map((part, index) =>
        part.mention ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a comment never changes
          <span key={index} className="rounded bg-accent/12 px-0.5 font-medium text-ink">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </p>
  )
}
