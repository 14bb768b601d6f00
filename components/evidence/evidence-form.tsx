"use client"
import { useEffect, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { Checkbox } from "@/components/ui/checkbox"
import { cn } from "@/components/ui/cn"
import { TextArea, TextField } from "@/components/ui/field"
import { plainLine } from "@/components/ui/inline-code"
import { Problem } from "@/components/ui/problem"
import { Progress } from "@/components/ui/progress"
import { useMay, useRelease, useReleaseMutations } from "@/lib/client/release-context"
import { useAction } from "@/lib/client/use-action"
import type { ChecklistItem } from "@/lib/domain/release/state"
import type { Brought } from "./brought"
import { FileField } from "./file-field"

const kinds = { text: "Text", link: "Link", file: "File" } as const
type Kind = keyof typeof kinds
const LONGEST_SUMMARY = 400

/** Text, a link or files for an item, and whether the item is ticked with it. Stays as it is when the server refuses. */
export function EvidenceForm({
  item,
  brought,
  onTaken,
  onEnd,
}: {
  item: ChecklistItem
  brought: Brought | null
  onTaken(): void
  onEnd(): void
}) {
  const { addEvidence, addFile } = useReleaseMutations()
  const preparing = useRelease((release) => release.status === "preparing")
  const mayTick = useMay("checklist.edit") && preparing && item.state !== "waived" && item.state !== "not_applicable"
  const [kind, setKind] = useState<Kind>("text")
  const [summary, setSummary] = useState("")
  const [text, setText] = useState("")
  const [link, setLink] = useState("")
  const [files, setFiles] = useState<File[]>([])
  const [tick, setTick] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const first = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (!brought) first.current?.focus()
    else if ("files" in brought) {
      setKind("file")
      setFiles((all) => [...all, ...brought.files.filter((file) => !all.includes(file))])
      onTaken()
    } else {
      const isLink = /^https?:\/\/\S+$/.test(brought.text)
      setKind(isLink ? "link" : "text")
      if (isLink) setLink(brought.text)
      else {
        setText(brought.text)
        setSummary((was) => was || firstLine(brought.text))
      }
      onTaken()
      first.current?.focus()
    }
  }, [brought, onTaken])

  const action = useAction(
    async () => {
      const words = summary.trim()
      const decides = tick ? { outcome: "passed" as const, revision: item.revision } : {}
      if (kind === "text")
        return addEvidence({ key: item.key, summary: words, ...(text.trim() ? { text: text.trim() } : {}), ...decides })
      if (kind === "link")
        return addEvidence({ key: item.key, summary: words || link.trim(), link: link.trim(), ...decides })
      for (const [index, file] of files.entries()) {
        const about = { ...(words ? { summary: words } : {}), ...(index === 0 ? decides : {}) }
        await addFile({ key: item.key, file, ...about }, (part) => setShare((index + part) / files.length))
        // What has arrived is not sent again when a later one is refused.
        setFiles((all) => all.filter((one) => one !== file))
      }
    },
    { onDone: onEnd },
  )
  const ready = kind === "text" ? summary.trim() !== "" : kind === "link" ? link.trim() !== "" : files.length > 0

  return (
    <form
      aria-label={`Add evidence: ${plainLine(item.title)}`}
      data-testid="add-evidence"
      className="grid min-w-0 gap-3 rounded-lg border bg-surface p-3"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !action.isPending) onEnd()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        if (!ready) return
        setShare(null)
        action.mutate()
      }}
    >
      <fieldset className="flex w-full max-w-xs rounded-md border border-line-strong bg-sunken p-0.5">
        <legend className="sr-only">Kind of evidence</legend>
        {(Object.keys(kinds) as Kind[]).map((one) => (
          <label
            key={one}
            className={cn(
              "relative flex h-7 flex-1 cursor-pointer items-center justify-center rounded-[5px] text-xs",
              "has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2",
              kind === one
                ? "bg-surface font-medium text-ink shadow-sm ring-1 ring-line-strong"
                : "text-ink-2 hover:text-ink",
            )}
          >
            <input
              type="radio"
              name={`kind-${item.key}`}
              checked={kind === one}
              onChange={() => setKind(one)}
              className="absolute inset-0 cursor-pointer appearance-none rounded-[5px] outline-none"
            />
            {kinds[one]}
          </label>
        ))}
      </fieldset>
      {kind === "link" ? (
        <TextField
          label="Address"
          type="url"
          inputMode="url"
          placeholder="https://"
          value={link}
          onChange={(event) => setLink(event.target.value)}
          maxLength={2000}
          error={action.problem?.fields.link}
        />
      ) : null}
      {kind === "file" ? <FileField files={files} onFiles={setFiles} disabled={action.isPending} /> : null}
      <TextField
        ref={first}
        label={kind === "text" ? "What was found, in one sentence" : "What it shows (optional)"}
        value={summary}
        onChange={(event) => setSummary(event.target.value)}
        maxLength={LONGEST_SUMMARY}
        error={action.problem?.fields.summary}
      />
      {kind === "text" ? (
        <TextArea
          label="More of it (optional)"
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={100_000}
          rows={3}
          error={action.problem?.fields.text}
        />
      ) : null}
      {mayTick ? (
        // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox within is its control
        <label className="flex items-center gap-1.5 text-sm">
          <Checkbox checked={tick} onCheckedChange={setTick} />
          and tick the item with it
        </label>
      ) : null}
      {share !== null && action.isPending ? <Progress value={share * 100} max={100} label="Sent so far" /> : null}
      <Problem problem={action.problem} />
      <div className="flex gap-2">
        <Button type="submit" size="sm" tone="primary" disabled={!ready} busy={action.isPending}>
          {action.isPending && kind === "file" ? "Sending…" : tick ? "Add and tick" : "Add"}
        </Button>
        <Button size="sm" tone="quiet" disabled={action.isPending} onClick={onEnd}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

function firstLine(text: string): string {
  return (text.split("\n").find((line) => line.trim()) ?? "").trim().slice(0, LONGEST_SUMMARY)
}
