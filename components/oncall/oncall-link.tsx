"use client"
import { PhoneCall } from "lucide-react"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { cn } from "@/components/ui/cn"

export function OncallLink() {
  const here = usePathname() === "/oncall"
  return (
    <Link
      href="/oncall"
      aria-current={here ? "page" : undefined}
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap rounded-md px-1.5 py-1 text-sm hover:text-ink",
        here ? "text-ink" : "text-ink-2",
      )}
    >
      <PhoneCall className="size-4 sm:hidden" aria-hidden />
      <span className="max-sm:sr-only">On call</span>
    </Link>
  )
}
