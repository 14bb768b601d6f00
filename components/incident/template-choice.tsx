import type { z } from "zod"
import { StatusMark } from "@/components/status/status-mark"
import type { filledTemplateSchema } from "@/lib/contracts/api/incidents"
import { messageAudiences } from "@/lib/domain/incident/incident-events"
import { messageLooks } from "./looks"
import type { Draft } from "./message-draft"

const titles = { internal: "To the team", customers: "To customers" }

export function TemplateChoice({
  templates,
  onChoose,
}: {
  templates: z.output<typeof filledTemplateSchema>[]
  onChoose(draft: Draft): void
}) {
  return (
    <div className="grid grid-cols-1 gap-5">
      {messageAudiences.map((audience) => (
        <section key={audience} aria-label={titles[audience]}>
          <h3 className="mb-1.5 text-ink-3 text-xs">{titles[audience]}</h3>
          <ul className="grid grid-cols-1 gap-1.5">
            {templates
              .filter((template) => template.audience === audience)
              .map(({ key, title, status, text }) => (
                <li key={key}>
                  <Choice onClick={() => onChoose({ audience, status, template: key, title, text })}>
                    <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                      <span className="font-medium text-sm">{title}</span>
                      <StatusMark look={messageLooks[status]} className="text-xs" />
                    </span>
                    <span className="line-clamp-2 text-ink-2 text-xs">{text}</span>
                  </Choice>
                </li>
              ))}
            <li>
              <Choice
                onClick={() => onChoose({ audience, status: "investigating", template: null, title: "", text: "" })}
              >
                <span className="text-ink-2 text-sm">An empty page</span>
              </Choice>
            </li>
          </ul>
        </section>
      ))}
    </div>
  )
}

function Choice(props: { onClick(): void; children: React.ReactNode }) {
  return (
    <button type="button" className="block w-full rounded-lg border px-3 py-2 text-left hover:bg-hover" {...props} />
  )
}
