"use client"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { Notice } from "@/components/ui/notice"
import { Panel } from "@/components/ui/panel"
import { Skeleton } from "@/components/ui/skeleton"
import { peopleQuery } from "@/lib/client/people-query"
import { Invitations } from "./invitations"
import { InvitePerson } from "./invite-person"
import { PersonRow } from "./person-row"

/** Who is here, with what; administrators change it, everybody else reads it. */
export function PeoplePage({ me, mayManage }: { me: string; mayManage: boolean }) {
  const client = useQueryClient()
  const { data, error, isPending } = useQuery({ ...peopleQuery, select: ({ people }) => people, staleTime: 0 })
  const refresh = () => {
    for (const queryKey of [["people"], ["invitations"]]) void client.invalidateQueries({ queryKey })
  }
  return (
    <div className="grid gap-5">
      {mayManage ? (
        <div className="justify-self-start">
          <InvitePerson onInvited={refresh} />
        </div>
      ) : (
        <Notice>Administrators invite people and change their roles.</Notice>
      )}
      {error ? <Notice tone="fail">{error.message}</Notice> : null}
      <Panel title="People" aside={data ? `${data.length}` : null}>
        {isPending ? <Skeleton className="m-4 h-24" /> : null}
        <ul className="divide-y">
          {data?.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              isMe={person.id === me}
              mayManage={mayManage}
              onChanged={refresh}
            />
          ))}
        </ul>
      </Panel>
      {mayManage ? <Invitations onChanged={refresh} /> : null}
    </div>
  )
}
