import Link from "next/link"
import { Wordmark } from "@/components/shell/wordmark"
import { Button } from "@/components/ui/button"

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-4 p-6 text-center">
      <Wordmark />
      <h1 className="mt-4 font-semibold text-xl tracking-tight">There is nothing here</h1>
      <p className="max-w-sm text-ink-2">The address is wrong, or you may not see what is behind it.</p>
      <Button asChild>
        <Link href="/">All releases</Link>
      </Button>
    </main>
  )
}
