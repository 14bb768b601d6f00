"use client"
import { ExternalLink } from "lucide-react"
import { useState } from "react"
import { StatusMark } from "@/components/status/status-mark"
import { Button } from "@/components/ui/button"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { useToast } from "@/components/ui/toaster"
import { request } from "@/lib/client/api"
import { useWrite } from "@/lib/client/use-write"

interface Entry {
  service: { key: string; name: string }
  on: boolean
  mayEdit: boolean
}

/** Which services tell everybody how they are. */
export function StatusPageSwitches({ entries }: { entries: Entry[] }) {
  if (entries.length === 0) return null
  return (
    <Panel title="Public status pages" id="status-pages">
      <p className="border-b px-4 py-2.5 text-ink-2 text-sm">
        Everybody may open such a page without signing in. It shows maintenance, and what was written for customers;
        nothing else of an incident, no names and no versions.
      </p>
      <ul className="divide-y">
        {entries.map((entry) => (
          <Switch key={entry.service.key} entry={entry} />
        ))}
      </ul>
    </Panel>
  )
}

function Switch({ entry: { service, on: first, mayEdit } }: { entry: Entry }) {
  const [on, setOn] = useState(first)
  const toast = useToast()
  const action = useWrite(
    (wanted: boolean) => request("PUT", `/services/${encodeURIComponent(service.key)}/status-page`, { on: wanted }),
    (_answer, wanted) => {
      setOn(wanted)
      toast({ message: wanted ? `${service.name}’s status is public.` : `${service.name}’s status is not public.` })
    },
  )
  const path = `/status/${service.key}`
  return (
    <li
      className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3"
      data-testid={`status-page-${service.key}`}
      data-on={on}
    >
      <div className="min-w-0 flex-1 basis-40">
        <p className="font-medium text-sm">{service.name}</p>
        {on ? (
          <a
            href={path}
            target="_blank"
            rel="noreferrer"
            className="inline-flex max-w-full items-center gap-1 break-all font-mono text-ink-2 text-xs underline underline-offset-2 hover:text-ink"
          >
            {path} <ExternalLink className="size-3 shrink-0" aria-hidden />
          </a>
        ) : (
          <p className="break-all font-mono text-ink-3 text-xs">{path}</p>
        )}
      </div>
      <StatusMark look={on ? { tone: "pass", word: "Public" } : { tone: "off", word: "Off" }} />
      {mayEdit ? (
        <Button
          role="switch"
          aria-checked={on}
          aria-label={`Public status page of ${service.name}`}
          busy={action.isPending}
          onClick={() => action.mutate(!on)}
        >
          {on ? "Switch off" : "Switch on"}
        </Button>
      ) : null}
      <Problem problem={action.problem} className="basis-full" />
    </li>
  )
}
