import type { ReleaseListEntry } from "@/lib/contracts/api/snapshot"

/** Whom or what a release waits for. */
export function whoIsNext({ status, items, signoffs }: ReleaseListEntry): string {
  switch (status) {
    case "preparing":
      if (items.done < items.total) return itemsToClear(items.total - items.done)
      if (signoffs.signed < signoffs.total) return `${signoffs.total - signoffs.signed} to sign`
      return "Ready for someone to start"
    case "deploying":
    case "verifying":
    case "rolling_back":
      return "The console is at work"
    case "watching":
      return "Watch, then close"
    case "rolled_back":
    case "rollback_failed":
      return "Look into it, then close"
    case "closed":
      return "Nothing"
  }
}

function itemsToClear(count: number): string {
  return count === 1 ? "1 item to clear" : `${count} items to clear`
}
