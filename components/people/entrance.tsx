import type { ReactNode } from "react"
import { Wordmark } from "@/components/shell/wordmark"

/** The frame of the pages before one is signed in. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="w-full max-w-sm">
        <Wordmark />
        <h1 className="mt-6 mb-5 font-semibold text-xl tracking-tight">{title}</h1>
        {children}
      </div>
    </main>
  )
}
