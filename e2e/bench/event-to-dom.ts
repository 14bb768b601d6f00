import type { Page } from "@playwright/test"

interface Seen {
  seq: number
  /** Epoch milliseconds at which the entry stood in the document. */
  atMs: number
}

// Text, not a function: the compiler that runs this file adds names to functions that a page does not know.
const observer = `(() => {
  const seen = new Map()
  const note = () => {
    for (const entry of document.querySelectorAll("[data-testid^='event-']")) {
      if (!seen.has(entry.dataset.testid)) seen.set(entry.dataset.testid, Date.now())
    }
  }
  note()
  for (const key of seen.keys()) seen.set(key, 0)
  new MutationObserver(note).observe(document.body, { childList: true, subtree: true })
  window.seenEvents = seen
})()`

/** Notes when each timeline entry appears in the page, from now on. */
export async function observeTimeline(page: Page): Promise<void> {
  await page.evaluate(observer)
}

/** What appeared since `observeTimeline`; entries that were there before are left out. */
export async function readObserved(page: Page): Promise<Seen[]> {
  const pairs = (await page.evaluate("[...window.seenEvents]")) as [string, number][]
  return pairs.filter(([, atMs]) => atMs > 0).map(([key, atMs]) => ({ seq: Number(key.replace("event-", "")), atMs }))
}
