"use client"
import { ChartColumn } from "lucide-react"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { cn } from "@/components/ui/cn"

export function InsightsLink() {
  const here = usePathname() === "/insights"
  return (
    <Link
      href="/insights"
      aria-current={here ? "page" : undefined}
      className={cn(
        "inline-flex items-center gap-1.5 rounded-md px-1.5 py-1 text-sm hover:text-ink",
        here ? "text-ink" : "text-ink-2",
      )}
    >
      <ChartColumn className="size-4 sm:hidden" aria-hidden />
      <span className="max-sm:sr-only">Insights</span>
    </Link>
  )
}
