import type { Socket } from "node:net"

const MOST_BYTES = 64 * 1024
/** Answers often come in pieces; looking after each of them would be work that the other side can ask for at will. */
const LOOK_AGAIN_MS = 25

export interface AnswerRead {
  text: string
  /** Why reading ended. `enough`: what was waited for is there. */
  ended: "enough" | "closed" | "time" | "full" | "reset"
}

/**
 * Reads until `isEnough` says so, the other side ends, the time is over or 64 KB are there. Rejects with the signal's
 * reason. The socket is still the caller's to destroy.
 */
export function readAnswer(
  socket: Socket,
  isEnough: (text: string) => boolean,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<AnswerRead> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    let lookTimer: NodeJS.Timeout | undefined
    const text = () => Buffer.concat(chunks).toString("utf8")
    let over = false
    const done = () => {
      over = true
      clearTimeout(timer)
      clearTimeout(lookTimer)
      signal.removeEventListener("abort", stop)
      socket.pause()
    }
    const end = (ended: AnswerRead["ended"]) => {
      if (over) return
      done()
      const read = text()
      resolve({ text: read, ended: isEnough(read) ? "enough" : ended })
    }
    const stop = () => {
      done()
      reject(signal.reason)
    }
    const look = () => {
      lookTimer = undefined
      if (isEnough(text())) end("enough")
    }
    const timer = setTimeout(() => end("time"), timeoutMs)
    if (signal.aborted) return void stop()
    signal.addEventListener("abort", stop, { once: true })
    socket.on("data", (chunk: Buffer) => {
      if (over) return
      chunks.push(chunk.subarray(0, MOST_BYTES - bytes))
      bytes += chunk.length
      if (bytes >= MOST_BYTES) end("full")
      else lookTimer ??= setTimeout(look, LOOK_AGAIN_MS)
    })
    socket.once("end", () => end("closed"))
    socket.once("close", () => end("closed"))
    socket.on("error", () => end("reset"))
  })
}
