"use client"
import { FileText, X } from "lucide-react"
import { useId } from "react"
import { Button } from "@/components/ui/button"
import { sizeInWords } from "./size-in-words"

/** Files to be sent: picked here, dropped onto the item or pasted. */
export function FileField({
  files,
  onFiles,
  disabled,
}: {
  files: readonly File[]
  onFiles(files: File[]): void
  disabled: boolean
}) {
  const id = useId()
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium text-ink-2 text-sm">
        Files
      </label>
      <input
        id={id}
        type="file"
        multiple
        disabled={disabled}
        className="w-full min-w-0 text-ink-2 text-sm file:mr-3 file:h-8 file:rounded-md file:border file:border-line-strong file:border-solid file:bg-surface file:px-3 file:font-medium file:text-ink file:text-sm hover:file:bg-hover"
        onChange={(event) => {
          onFiles([...files, ...(event.target.files ?? [])])
          event.target.value = ""
        }}
      />
      {files.length > 0 ? (
        <ul className="grid gap-0.5">
          {files.map((file, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two files may have the same name
            <li key={index} className="flex items-center gap-2 text-sm">
              <FileText className="size-3.5 shrink-0 text-ink-3" aria-hidden />
              <span className="min-w-0 truncate">{file.name}</span>
              <span className="shrink-0 text-ink-3 text-xs">{sizeInWords(file.size)}</span>
              <Button
                size="icon"
                tone="quiet"
                disabled={disabled}
                aria-label={`Leave out: ${file.name}`}
                onClick={() => onFiles(files.filter((one) => one !== file))}
              >
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-ink-3 text-xs">Or drop them onto the item, or paste a picture.</p>
      )}
    </div>
  )
}
