"use client"
import { useEffect, useRef } from "react"

const PREFIX = "#item-"

/** Opens and shows the item that the address names, also when a link on the same page names another one. */
export function useLinkedItem(open: (key: string) => void): void {
  const latest = useRef(open)
  latest.current = open
  useEffect(() => {
    let asked = ""
    let shown = ""
    const show = () => {
      const { hash } = window.location
      if (hash === shown || !hash.startsWith(PREFIX)) return
      const key = decodeURIComponent(hash.slice(PREFIX.length))
      if (hash !== asked) latest.current(key)
      asked = hash
      // A filter may have hidden it: it is there after the next paint, or not at all.
      const row = document.getElementById(`item-${key}`)
      if (!row) return
      shown = hash
      row.scrollIntoView({ block: "center" })
      row.querySelector<HTMLElement>("[data-act=open]")?.focus({ preventScroll: true })
    }
    show()
    // Client-side navigation changes the address without a hashchange event.
    const timer = setInterval(show, 250)
    window.addEventListener("hashchange", show)
    return () => {
      clearInterval(timer)
      window.removeEventListener("hashchange", show)
    }
  }, [])
}
