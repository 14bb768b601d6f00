"use client"
import type { LucideIcon } from "lucide-react"
import Link from "next/link"
import { usePathname } from "next/navigation"
import type { ReactNode } from "react"
import { cn } from "@/components/ui/cn"

/** A place in the top bar: its name, on a phone its sign. `children`: how much is waiting there. */
export function NavLink({
  href,
  icon: Icon,
  title,
  children,
}: {
  href: string
  icon: LucideIcon
  title: string
  children?: ReactNode
}) {
  const here = usePathname() === href
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap rounded-md px-1.5 py-1 text-sm hover:text-ink",
        here ? "text-ink" : "text-ink-2",
      )}
    >
      <Icon className="size-4 sm:hidden" aria-hidden />
      <span className="max-sm:sr-only">{title}</span>
      {children}
    </Link>
  )
}
