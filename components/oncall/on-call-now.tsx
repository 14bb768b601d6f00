"use client"
import { useQuery } from "@tanstack/react-query"
import { PhoneCall } from "lucide-react"
import Link from "next/link"
import { StatusShape } from "@/components/status/status-mark"
import { cn } from "@/components/ui/cn"
import { oncallQuery } from "@/lib/client/oncall-query"
import type { RotaView } from "@/lib/contracts/api/oncall"
import { BothClocks } from "./both-clocks"

/**
 * Who is called now for a service, in a line; `rota` is the playbook's word for them. Says in words where nobody is.
 * Shows nothing while it is not known, and where the service has no such rota.
 */
export function OnCallNow({
  service,
  rota = "on-call",
  className,
}: {
  service: string
  rota?: string
  className?: string
}) {
  const { data } = useQuery(oncallQuery(service))
  const found = data?.rotas.find(({ key }) => key === rota)
  if (!found) return null
  return (
    <Link
      href="/oncall"
      data-testid="on-call-now"
      className={cn("inline-flex min-w-0 items-center gap-1.5 rounded-md text-ink-2 text-sm hover:text-ink", className)}
    >
      <NowInWords rota={found} />
    </Link>
  )
}

function NowInWords({ rota }: { rota: RotaView }) {
  const { person, until } = rota.now
  if (!person || person.disabled) {
    return (
      <>
        <StatusShape tone="warn" />
        <span className="min-w-0">
          Nobody is on call{person ? ` (${person.name} is disabled)` : ""}
          {until ? (
            <>
              {" "}
              until <BothClocks at={until} zone={rota.rotation.zone} />
            </>
          ) : null}
        </span>
      </>
    )
  }
  return (
    <>
      <PhoneCall className="size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0">
        <span className="sr-only">On call: </span>
        <span className="font-medium text-ink">{person.name}</span>
        {until ? (
          <>
            {" "}
            until <BothClocks at={until} zone={rota.rotation.zone} />
          </>
        ) : null}
      </span>
    </>
  )
}
