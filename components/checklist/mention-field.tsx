"use client"
import { useQuery } from "@tanstack/react-query"
import { type KeyboardEvent, type RefObject, useId, useRef, useState } from "react"
import { cn } from "@/components/ui/cn"
import { TextArea } from "@/components/ui/field"
import { peopleQuery } from "@/lib/client/people-query"
import { mentionAt, suggestions } from "./read-mentions"

/** A text in which `@` offers people by name: arrows choose, Enter or Tab takes, Escape leaves it. */
export function MentionField({
  ref,
  label,
  value,
  onChange,
  onSubmit,
}: {
  ref?: RefObject<HTMLTextAreaElement | null>
  label: string
  value: string
  onChange(value: string): void
  /** Ctrl or ⌘ with Enter. */
  onSubmit(): void
}) {
  const id = useId()
  const own = useRef<HTMLTextAreaElement>(null)
  const field = ref ?? own
  const people = useQuery(peopleQuery)
  const [caret, setCaret] = useState<number | null>(null)
  const [active, setActive] = useState(0)
  const mention = caret === null ? null : mentionAt(value, caret)
  const found = mention ? suggestions(people.data ?? [], mention.typed) : []
  const at = Math.min(active, found.length - 1)

  const follow = () => {
    setCaret(field.current?.selectionStart ?? null)
    setActive(0)
  }
  const take = (name: string) => {
    if (!mention || caret === null) return
    const head = `${value.slice(0, mention.from)}@${name} `
    onChange(head + value.slice(caret).replace(/^ /, ""))
    setCaret(null)
    // After the text has been drawn: the browser puts the caret at its end.
    requestAnimationFrame(() => field.current?.setSelectionRange(head.length, head.length))
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      return onSubmit()
    }
    if (found.length === 0) return
    const chosen = found[at]
    if (event.key === "ArrowDown") setActive((at + 1) % found.length)
    else if (event.key === "ArrowUp") setActive((at + found.length - 1) % found.length)
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) take(chosen.name)
    else if (event.key === "Escape") setCaret(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="relative">
      <TextArea
        ref={field}
        label={label}
        rows={2}
        value={value}
        maxLength={4000}
        placeholder="@ calls somebody"
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? id : undefined}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        onChange={(event) => {
          onChange(event.target.value)
          setCaret(event.target.selectionStart)
          setActive(0)
        }}
        onClick={follow}
        onKeyUp={(event) => {
          if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) follow()
        }}
        onKeyDown={press}
        onBlur={() => setCaret(null)}
      />
      {found.length > 0 ? (
        <div
          id={id}
          ref={intoView}
          role="listbox"
          aria-label="People"
          className="absolute inset-x-0 top-full z-20 mt-1 animate-rise rounded-lg border bg-surface p-1 shadow-raise"
        >
          {found.map((person, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text, which names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the text
            <div
              key={person.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(person.name)}
              className={cn(
                "flex min-h-8 cursor-default items-center justify-between gap-3 rounded-md px-2.5 text-sm",
                index === at && "bg-hover",
              )}
            >
              <span className="truncate">{person.name}</span>
              <span className="truncate text-ink-3 text-xs">{person.email}</span>
            </div>
          ))}
        </div>
      ) : null}
      <p className="sr-only" aria-live="polite">
        {found.length > 0 ? `${found.length} ${found.length === 1 ? "person" : "people"}: ${found[at]?.name}` : ""}
      </p>
    </div>
  )
}

/** The list opens below the text, which may be where the page ends. */
function intoView(list: HTMLDivElement | null): void {
  list?.scrollIntoView({ block: "nearest" })
}
