import type { StrategyCall } from "../contract"
import type { VercelApi } from "./api"

/** Lines that came with the same moment as the last one seen may come again. */
const REMEMBERED = 5_000

/** Writes the lines of a build to the log as they come, each once. What cannot be read stops no deployment. */
export function createBuildLog(api: VercelApi, id: string, call: StrategyCall) {
  let sinceMs = 0
  const seen = new Set<string>()
  return async function follow(): Promise<void> {
    const events = await api.events(call, id, sinceMs).catch((error: unknown) => {
      call.signal.throwIfAborted()
      call.log("info", `The build's log could not be read: ${error instanceof Error ? error.message : String(error)}`)
      return []
    })
    for (const event of events) {
      const text = event.text ?? event.payload?.text
      const key = event.id ?? event.payload?.id ?? `${event.created} ${text}`
      sinceMs = Math.max(sinceMs, event.created)
      if (!text || seen.has(key)) continue
      seen.add(key)
      call.log(event.type === "stderr" || event.type === "fatal" ? "err" : "out", `${text.replace(/\n$/, "")}\n`)
    }
    for (const key of [...seen].slice(0, Math.max(0, seen.size - REMEMBERED))) seen.delete(key)
  }
}
