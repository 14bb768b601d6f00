"use client"
import { useMemo } from "react"
import { useRelease } from "@/lib/client/release-context"
import { type Description, describe as describeEvent } from "@/lib/domain/timeline/describe"
import type { AnyTimelineEvent } from "@/lib/domain/timeline/event"
import { withTitles } from "@/lib/domain/timeline/with-titles"

/** Events in words, with the titles of items, steps and triggers in place of the keys that events carry. */
export function useEventWords(): (event: AnyTimelineEvent) => Description {
  const items = useRelease((release) => release.items)
  const runs = useRelease((release) => release.runs)
  const triggers = useRelease((release) => release.triggers)
  return useMemo(() => {
    const known = new WeakMap<AnyTimelineEvent, Description>()
    return (event) => {
      const words = known.get(event) ?? withTitles(describeEvent(event), event, { items, runs, triggers })
      known.set(event, words)
      return words
    }
  }, [items, runs, triggers])
}
