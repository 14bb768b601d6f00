"use client"
import { useQuery } from "@tanstack/react-query"
import { Siren } from "lucide-react"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { cn } from "@/components/ui/cn"
import { INCIDENTS_PAGE, unresolvedQuery } from "@/lib/client/incidents-query"

/** The way to all incidents, with how many are not over. */
export function IncidentsLink() {
  const { data } = useQuery(unresolvedQuery)
  const here = usePathname() === "/incidents"
  const unresolved = data?.incidents ?? []
  const calling = unresolved.some(({ status }) => status === "open")
  return (
    <Link
      href="/incidents"
      aria-current={here ? "page" : undefined}
      className={cn(
        "inline-flex items-center gap-1.5 rounded-md px-1.5 py-1 text-sm hover:text-ink",
        here ? "text-ink" : "text-ink-2",
      )}
    >
      <Siren className="size-4 sm:hidden" aria-hidden />
      <span className="max-sm:sr-only">Incidents</span>
      {unresolved.length > 0 ? (
        <span
          data-testid="incidents-count"
          className={cn(
            "inline-grid h-[18px] min-w-[18px] place-items-center rounded-full px-1 font-medium text-2xs",
            calling ? "bg-fail text-danger-ink" : "border border-current",
          )}
        >
          {unresolved.length}
          {unresolved.length === INCIDENTS_PAGE ? "+" : ""}
          <span className="sr-only"> not resolved{calling ? ", not all acknowledged" : ""}</span>
        </span>
      ) : null}
    </Link>
  )
}
