import type { Page } from "@playwright/test"

interface Seen {
  seq: number
  /** Epoch milliseconds at which the entry stood in the document. */
  atMs: number
}

/** Notes when each timeline entry appears in the page, from now on. */
export async function observeTimeline(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = new Map<string, number>()
    const note = () => {
      for (const entry of document.querySelectorAll<HTMLElement>("[data-testid^='event-']")) {
        const key = entry.dataset.testid ?? ""
        if (!seen.has(key)) seen.set(key, Date.now())
      }
    }
    note()
    for (const key of seen.keys()) seen.set(key, 0)
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true })
    Object.assign(window, { seenEvents: seen })
  })
}

/** What appeared since `observeTimeline`; entries that were there before are left out. */
export async function readObserved(page: Page): Promise<Seen[]> {
  const pairs = await page.evaluate(() => [...(window as unknown as { seenEvents: Map<string, number> }).seenEvents])
  return pairs.filter(([, atMs]) => atMs > 0).map(([key, atMs]) => ({ seq: Number(key.replace("event-", "")), atMs }))
}
