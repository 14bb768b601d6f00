import type { ReleaseState } from "@/lib/domain/release/state"
import type { Description } from "./describe"
import type { AnyTimelineEvent } from "./event"

/** An event in words, with the titles of items, steps and triggers in place of the keys that it carries. */
export function withTitles(
  words: Description,
  event: AnyTimelineEvent,
  { items, runs, triggers }: Pick<ReleaseState, "items" | "runs" | "triggers">,
): Description {
  const data = event.data as {
    itemKey?: string | null
    stepKey?: string
    runId?: string | null
    triggerKey?: string | null
  }
  const step = data.runId ? runs[data.runId]?.steps.find((one) => one.key === data.stepKey) : undefined
  const titles: [string | null | undefined, string | undefined][] = [
    [data.itemKey, data.itemKey ? items[data.itemKey]?.title : undefined],
    [data.stepKey, step?.title],
    [data.triggerKey, data.triggerKey ? triggers[data.triggerKey]?.title : undefined],
  ]
  let { title } = words
  for (const [key, name] of titles) if (key && name) title = title.replace(key, () => `“${name}”`)
  return { ...words, title }
}
