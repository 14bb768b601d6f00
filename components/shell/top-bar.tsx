import Link from "next/link"
import type { Role } from "@/lib/domain/access/roles"
import { CalendarLink } from "../calendar/calendar-link"
import { IncidentsLink } from "../incidents/incidents-link"
import { InsightsLink } from "../insights/insights-link"
import { NoticeBell } from "../notices/notice-bell"
import { OncallLink } from "../oncall/oncall-link"
import { WorkLink } from "../work/work-link"
import { CommandPalette } from "./command-palette"
import { PersonMenu } from "./person-menu"
import { Wordmark } from "./wordmark"

export function TopBar({
  person: { id, ...person },
}: {
  person: { id: string; name: string; email: string; roles: Role[] }
}) {
  return (
    <header className="sticky top-0 z-30 border-b bg-canvas/95 backdrop-blur-sm">
      <a
        href="#main"
        className="absolute left-2 top-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-accent-ink text-sm focus:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="mx-auto flex h-12 max-w-[118rem] items-center gap-2 px-4 sm:gap-5 sm:px-6">
        <Link href="/" className="rounded-md" aria-label="Golive, all releases">
          <Wordmark short />
        </Link>
        <nav aria-label="Main" className="flex min-w-0 flex-1 items-center gap-1 sm:gap-3">
          {/* On a phone the sign beside it leads there, too. */}
          <Link href="/" className="rounded-md px-1.5 py-1 text-ink-2 text-sm hover:text-ink max-sm:hidden">
            Releases
          </Link>
          <WorkLink />
          <CalendarLink />
          <IncidentsLink />
          <OncallLink />
          {/* There is no room for it on a phone: the palette leads there. */}
          <span className="contents max-sm:hidden">
            <InsightsLink />
          </span>
        </nav>
        <CommandPalette />
        <NoticeBell personId={id} />
        <PersonMenu {...person} />
      </div>
    </header>
  )
}
