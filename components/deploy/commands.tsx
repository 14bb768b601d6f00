import { CopyButton } from "@/components/ui/copy-button"

/** The document's command lines, word for word: to read, not to run from here. */
export function Commands({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <div className="group/c relative mt-1.5">
      <pre className="overflow-x-auto rounded-lg border bg-term px-3 py-2 font-mono text-term-ink text-xs leading-5">
        {lines.join("\n")}
      </pre>
      <div className="absolute top-1 right-1 rounded-md bg-term">
        <CopyButton text={lines.join("\n")} className="text-term-ink hover:bg-white/10 hover:text-term-ink" />
      </div>
    </div>
  )
}
