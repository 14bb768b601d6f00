/** A line of the playbook: what stands between backticks is code. */
export function InlineCode({ text }: { text: string }) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
      <code key={index} className="rounded bg-hover px-1 font-mono text-[0.92em]">
        {part}
      </code>
    ) : (
      part
    ),
  )
}

/** The same line where only words fit: a label, a title, a search. */
export function plainLine(text: string): string {
  return text.replaceAll("`", "")
}
