"use client"
import { useSyncExternalStore } from "react"

const KEY = "golive.mentions-seen"
const NEVER = "1970-01-01T00:00:00.000Z"
const listeners = new Set<() => void>()

function subscribe(changed: () => void): () => void {
  listeners.add(changed)
  window.addEventListener("storage", changed)
  return () => {
    listeners.delete(changed)
    window.removeEventListener("storage", changed)
  }
}

function read(): string {
  try {
    return window.localStorage.getItem(KEY) ?? NEVER
  } catch {
    return NEVER
  }
}

/** The newest instant up to which this browser has shown mentions. Null while the server renders, which cannot know it. */
export function useMentionsSeen(): string | null {
  return useSyncExternalStore(subscribe, read, () => null)
}

/** Everything up to `at` has been seen. Never goes back. */
export function markMentionsSeen(at: string): void {
  if (Date.parse(at) <= Date.parse(read())) return
  try {
    window.localStorage.setItem(KEY, at)
  } catch {
    return
  }
  for (const listener of listeners) listener()
}
