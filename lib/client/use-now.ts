"use client"
import { createContext, useCallback, useContext, useSyncExternalStore } from "react"
import { serverNowMs } from "./clock"

/** The server's instant at which the page was rendered: what the first paint counts from. */
export const RenderedAtContext = createContext<number>(0)

/** Epoch milliseconds by the server's clock, in steps of `stepMs`; re-renders at each step. */
export function useNow(stepMs = 1_000): number {
  const renderedAtMs = useContext(RenderedAtContext)
  const subscribe = useCallback(
    (changed: () => void) => {
      let timer: ReturnType<typeof setTimeout>
      const wait = () => {
        timer = setTimeout(
          () => {
            changed()
            wait()
          },
          stepMs - (serverNowMs() % stepMs),
        )
      }
      wait()
      return () => clearTimeout(timer)
    },
    [stepMs],
  )
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(serverNowMs() / stepMs) * stepMs,
    () => Math.floor(renderedAtMs / stepMs) * stepMs,
  )
}
