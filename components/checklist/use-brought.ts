"use client"
import { type ClipboardEvent, type DragEvent, useCallback, useState } from "react"
import type { Brought } from "@/components/evidence/brought"

/** Files dropped onto an item, and images or text pasted while it has the focus. Fields keep the text that is pasted into them. */
export function useBrought(able: boolean, onBring: () => void) {
  const [brought, setBrought] = useState<Brought | null>(null)
  const [over, setOver] = useState(false)
  const taken = useCallback(() => setBrought(null), [])

  const bring = (what: Brought) => {
    setBrought(what)
    onBring()
  }
  const hasFiles = (event: DragEvent) => able && event.dataTransfer.types.includes("Files")
  const handlers = {
    onDragOver(event: DragEvent) {
      if (!hasFiles(event)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = "copy"
      setOver(true)
    },
    onDragLeave(event: DragEvent) {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
    },
    onDrop(event: DragEvent) {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      bring({ files: [...event.dataTransfer.files] })
    },
    onPaste(event: ClipboardEvent) {
      if (!able) return
      const files = [...event.clipboardData.files]
      if (files.length > 0) {
        event.preventDefault()
        return bring({ files: files.map(named) })
      }
      const text = event.clipboardData.getData("text/plain").trim()
      if (!text || isField(event.target)) return
      event.preventDefault()
      bring({ text })
    },
  }
  return { brought, over, taken, handlers }
}

function isField(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select")
}

/** Browsers call every pasted picture `image.png`: the minute tells two of them apart. */
function named(file: File): File {
  if (file.name !== "image.png") return file
  const at = new Date().toISOString().slice(0, 16).replace(":", "-")
  return new File([file], `pasted-${at}.png`, { type: file.type })
}
