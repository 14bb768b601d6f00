"use client"
import { useSearchParams } from "next/navigation"
import { useCallback, useEffect, useRef, useState } from "react"
import { type ChecklistView, queryOf, viewOf } from "./checklist-view"

const WRITE_AFTER_MS = 250

/** The view that the address names. What is typed shows at once; the address follows, and leads when somebody changes it. */
export function useChecklistView(): [ChecklistView, (view: ChecklistView) => void] {
  const query = useSearchParams().toString()
  const [view, setView] = useState(() => viewOf(new URLSearchParams(query)))
  const written = useRef(query)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    if (query === written.current) return
    written.current = query
    clearTimeout(timer.current)
    setView(viewOf(new URLSearchParams(query)))
  }, [query])
  useEffect(() => () => clearTimeout(timer.current), [])

  const change = useCallback((next: ChecklistView) => {
    setView(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const text = queryOf(next)
      // As the router will give it back: in its own notation.
      written.current = new URLSearchParams(text).toString()
      const { pathname, hash } = window.location
      window.history.replaceState(null, "", `${pathname}${text ? `?${text}` : ""}${hash}`)
    }, WRITE_AFTER_MS)
  }, [])
  return [view, change]
}
