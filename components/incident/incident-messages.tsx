"use client"
import { MessageSquarePlus } from "lucide-react"
import { useState } from "react"
import { StatusMark } from "@/components/status/status-mark"
import { Instant } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { Panel } from "@/components/ui/panel"
import { useMay, useRelease, useSnapshot } from "@/lib/client/release-context"
import type { Incident } from "@/lib/domain/incident/incident-state"
import { messageLooks } from "./looks"
import { WriteMessage } from "./write-message"

/** What the team and customers were told, the newest first. */
export function IncidentMessages({ incident }: { incident: Incident }) {
  const { service, window } = useRelease()
  const statusPage = useSnapshot((snapshot) => snapshot.statusPage)
  const may = useMay("incident.communicate")
  const [writing, setWriting] = useState(false)
  return (
    <Panel
      title="Messages"
      aside={
        <>
          {statusPage ? (
            <a
              href={`/status/${service.key}`}
              target="_blank"
              rel="noreferrer"
              className="underline underline-offset-2"
            >
              Status page
            </a>
          ) : null}
          {may ? (
            <Button size="sm" onClick={() => setWriting(true)}>
              <MessageSquarePlus aria-hidden /> Write…
            </Button>
          ) : null}
        </>
      }
    >
      {incident.messages.length === 0 ? (
        <p className="px-4 py-3 text-ink-3 text-sm">Nobody has been told yet.</p>
      ) : (
        <ul className="divide-y" data-testid="incident-messages">
          {incident.messages.toReversed().map(({ id, audience, status, title, text, by, at }) => (
            <li key={id} className="px-4 py-2.5" data-audience={audience}>
              <p className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-medium text-sm">{title}</span>
                <StatusMark look={messageLooks[status]} className="text-xs" />
              </p>
              <p className="whitespace-pre-line break-words text-ink-2 text-sm">{text}</p>
              <p className="text-ink-3 text-xs">
                To {audience === "customers" ? "customers" : "the team"} · {by},{" "}
                <Instant at={at} zone={window.zone} how="seconds" />
              </p>
            </li>
          ))}
        </ul>
      )}
      {writing ? <WriteMessage incident={incident} onClose={() => setWriting(false)} /> : null}
    </Panel>
  )
}
