import { createContext, Script } from "node:vm"

const context = createContext({ work: () => undefined })
const script = new Script("work()")

export class TooSlow extends Error {}

/**
 * Work on what somebody else sent, which can be interrupted: what is asked may be quick on one answer and take years on the
 * next. Throws `TooSlow`, and whatever the work throws.
 */
export function withinTime<T>(work: () => T, limitMs: number): T {
  const results: T[] = []
  context.work = () => {
    results.push(work())
  }
  try {
    script.runInContext(context, { timeout: limitMs })
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error
    throw new TooSlow(`took longer than ${limitMs} ms`, { cause: error })
  } finally {
    context.work = () => undefined
  }
  return results[0] as T
}
