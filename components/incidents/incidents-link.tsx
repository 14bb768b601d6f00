"use client"
import { useQuery } from "@tanstack/react-query"
import { Siren } from "lucide-react"
import { NavLink } from "@/components/shell/nav-link"
import { cn } from "@/components/ui/cn"
import { INCIDENTS_PAGE, unresolvedQuery } from "@/lib/client/incidents-query"

/** The way to all incidents, with how many are not over. */
export function IncidentsLink() {
  const { data } = useQuery(unresolvedQuery)
  const unresolved = data?.incidents ?? []
  const calling = unresolved.some(({ status }) => status === "open")
  return (
    <NavLink href="/incidents" icon={Siren} title="Incidents">
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
    </NavLink>
  )
}
