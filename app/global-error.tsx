"use client"
import "./globals.css"
import { Failure } from "@/components/shell/failure"

export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Golive</title>
        <Failure error={error} reset={reset} />
      </body>
    </html>
  )
}
