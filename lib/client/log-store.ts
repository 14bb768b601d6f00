import type { LogLine } from "@/lib/contracts/stream"
import { mergeByCommit } from "./commit-order"
import { ExternalStore } from "./external-store"
import { groupBy } from "./group-by"

const none: readonly LogLine[] = []

/** Log lines by run and step, from history and from the stream: apart from the release, so that a line re-renders only a log. */
export class LogStore extends ExternalStore {
  #lines = new Map<string, readonly LogLine[]>()

  add(lines: readonly LogLine[]): void {
    for (const [key, more] of groupBy(lines, (line) => keyOf(line.runId, line.stepKey))) {
      this.#lines.set(key, mergeByCommit(this.#lines.get(key) ?? none, more))
    }
    if (lines.length > 0) this.changed()
  }

  /** The lines of one step, oldest first; the same array until there are more. */
  of(runId: string, stepKey: string): readonly LogLine[] {
    return this.#lines.get(keyOf(runId, stepKey)) ?? none
  }
}

function keyOf(runId: string, stepKey: string): string {
  return `${runId}/${stepKey}`
}
