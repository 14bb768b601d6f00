"use client"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { RenderedAgo } from "@/components/releases/rendered-ago"
import { StatusMark } from "@/components/status/status-mark"
import { Button } from "@/components/ui/button"
import { Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { Skeleton } from "@/components/ui/skeleton"
import { request } from "@/lib/client/api"
import { useWrite } from "@/lib/client/use-write"
import type { SessionEntry } from "@/lib/contracts/api/people"
import { browserInWords } from "./browser-in-words"

const methods: Record<SessionEntry["method"], string> = {
  password: "with a password",
  passkey: "with a passkey",
  openid: "through the identity provider",
  invitation: "with an invitation",
}

/** Where one is signed in, and the way to end it there. */
export function SessionsPanel() {
  const client = useQueryClient()
  const refresh = () => void client.invalidateQueries({ queryKey: ["sessions"] })
  const { data, isPending } = useQuery({
    queryKey: ["sessions"],
    queryFn: ({ signal }) => request<{ sessions: SessionEntry[] }>("GET", "/me/sessions", undefined, signal),
  })
  const end = useWrite((id: string | null) => request("DELETE", id ? `/me/sessions/${id}` : "/me/sessions"), refresh)
  const others = data?.sessions.filter((session) => !session.current) ?? []
  return (
    <Panel
      title="Signed in"
      aside={
        others.length > 0 ? (
          <Button size="sm" busy={end.isPending} onClick={() => end.mutate(null)}>
            Sign out everywhere else
          </Button>
        ) : null
      }
    >
      {isPending ? <Skeleton className="m-4 h-16" /> : null}
      <ul className="divide-y">
        {data?.sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-0 flex-1 basis-60">
              <p className="text-sm">{browserInWords(session.userAgent)}</p>
              <p className="text-ink-2 text-xs">
                {session.address ?? "address unknown"} · signed in {methods[session.method]}{" "}
                <RenderedAgo at={session.createdAt} /> · last seen <RenderedAgo at={session.lastSeenAt} />
              </p>
            </div>
            {session.current ? (
              <StatusMark look={{ tone: "pass", word: "This browser" }} />
            ) : (
              <Button
                size="sm"
                disabled={end.isPending}
                onClick={() => end.mutate(session.id)}
                aria-label={`Sign out ${browserInWords(session.userAgent)}`}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Problem problem={end.problem} className="m-4" />
    </Panel>
  )
}
