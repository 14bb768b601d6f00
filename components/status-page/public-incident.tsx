import { StatusMark } from "@/components/status/status-mark"
import type { Look } from "@/components/status/tones"
import type { PublicIncident as Incident } from "@/lib/contracts/api/status-page"
import { PublicInstant } from "./public-instant"

export const publicLooks: Record<Incident["status"], Look> = {
  investigating: { tone: "fail", word: "Looking into it" },
  identified: { tone: "warn", word: "Cause is known" },
  monitoring: { tone: "busy", word: "Watching" },
  resolved: { tone: "pass", word: "Over" },
}

/** One incident as customers were told of it, the newest word first. */
export function PublicIncident({ incident, level }: { incident: Incident; level: "h2" | "h4" }) {
  const Title = level
  return (
    <article data-testid="public-incident" data-status={incident.status}>
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <Title className="min-w-0 break-words font-semibold">{incident.title}</Title>
        <StatusMark look={publicLooks[incident.status]} />
      </header>
      <ol className="mt-3 grid grid-cols-1 gap-3 border-l-2 pl-4">
        {incident.updates.map((update) => (
          <li key={update.id}>
            <p className="text-ink-3 text-xs">
              <span className="text-ink-2">{publicLooks[update.status].word}</span> · <PublicInstant at={update.at} />
            </p>
            <p className="whitespace-pre-line break-words">{update.text}</p>
          </li>
        ))}
      </ol>
    </article>
  )
}
