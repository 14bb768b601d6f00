import { log } from "@/lib/server/log"

export interface Closing {
  name: string
  close: () => Promise<unknown>
}

/**
 * One `close()` however often it is called: closes one thing after the other, goes on past what fails, and answers with the
 * exit code. Past the deadline it answers 1 without waiting any longer.
 */
export function closeInOrder(list: readonly Closing[], deadlineMs: number): () => Promise<number> {
  let closing: Promise<number> | null = null

  async function closeAll(): Promise<number> {
    let code = 0
    for (const { name, close } of list) {
      try {
        await close()
      } catch (error) {
        log.error({ err: error }, `${name} did not close well`)
        code = 1
      }
    }
    return code
  }

  return () => {
    closing ??= new Promise((resolve) => {
      const timer = setTimeout(() => {
        log.error(`closing took longer than ${deadlineMs} ms`)
        resolve(1)
      }, deadlineMs)
      void closeAll().then((code) => {
        clearTimeout(timer)
        resolve(code)
      })
    })
    return closing
  }
}
