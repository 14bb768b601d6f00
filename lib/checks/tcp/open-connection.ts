import { connect, type Socket } from "node:net"

/**
 * `refused`: the other side said no. `silent`: nobody answered in time. `unreachable`: somebody on the way said that the
 * host is not there. `failed`: it went wrong on this side, so nothing is known about the other one.
 */
export type Opened =
  | { state: "open"; socket: Socket; tookMs: number }
  | { state: "refused" | "silent" | "unreachable" | "failed"; words: string }

export interface OpenOrder {
  address: string
  family: 4 | 6
  port: number
  timeoutMs: number
  signal: AbortSignal
}

/** One connection to a literal address. Rejects with the signal's reason. An open socket is the caller's to destroy. */
export function openConnection({ address, family, port, timeoutMs, signal }: OpenOrder): Promise<Opened> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const beganMs = performance.now()
    const socket = connect({ host: address, port, family, noDelay: true })
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener("abort", stop)
      socket.removeListener("error", onError)
    }
    const giveUp = (end: () => void) => {
      done()
      // What comes after giving up is nobody's concern, but must not go unheard.
      socket.on("error", () => undefined).destroy()
      end()
    }
    const stop = () => giveUp(() => reject(signal.reason))
    const onError = (error: NodeJS.ErrnoException) => giveUp(() => resolve(wordsOf(error)))
    const timer = setTimeout(() => giveUp(() => resolve({ state: "silent", words: "no answer" })), timeoutMs)
    signal.addEventListener("abort", stop, { once: true })
    socket.once("error", onError)
    socket.once("connect", () => {
      done()
      resolve({ state: "open", socket, tookMs: performance.now() - beganMs })
    })
  })
}

function wordsOf({ code, message }: NodeJS.ErrnoException): Exclude<Opened, { state: "open" }> {
  if (code === "ECONNREFUSED") return { state: "refused", words: "connection refused" }
  if (code === "ECONNRESET") return { state: "refused", words: "connection reset" }
  if (code === "ETIMEDOUT") return { state: "silent", words: "no answer" }
  if (code === "EHOSTUNREACH" || code === "EHOSTDOWN")
    return { state: "unreachable", words: "the host cannot be reached" }
  if (code === "ENETUNREACH") return { state: "failed", words: "there is no way to this network from here" }
  return { state: "failed", words: code ? `no connection (${code})` : message }
}
