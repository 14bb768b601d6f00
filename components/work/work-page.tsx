"use client"
import { useQuery } from "@tanstack/react-query"
import { AtSign, ListChecks } from "lucide-react"
import { useEffect, useState } from "react"
import { Button } from "@/components/ui/button"
import { Notice } from "@/components/ui/notice"
import { Empty, Panel } from "@/components/ui/panel"
import { Skeleton } from "@/components/ui/skeleton"
import { notLaterThanNow } from "@/lib/client/clock"
import { markMentionsSeen, useMentionsSeen } from "@/lib/client/mentions-seen"
import { workQuery } from "@/lib/client/work-query"
import { AfterRow, followupPages } from "./after-row"
import { AssignedRow } from "./assigned-row"
import { MentionRow } from "./mention-row"
import { inOrder } from "./read-work"
import { SignatureRow } from "./signature-row"

/** What is asked of me over all releases: items that are mine, and comments that call me. */
export function WorkPage({ renderedAt }: { renderedAt: string }) {
  const { data, error, isPending, refetch } = useQuery(workQuery)
  const seen = useMentionsSeen()
  useEffect(() => notLaterThanNow(renderedAt), [renderedAt])
  // What was new when the page was opened stays marked as new for as long as one looks at it.
  const [seenBefore, setSeenBefore] = useState<string | null>(null)
  useEffect(() => {
    if (seen !== null) setSeenBefore((was) => was ?? seen)
  }, [seen])
  const newest = data?.mentions
    .map(({ at }) => at)
    .sort()
    .at(-1)
  useEffect(() => {
    if (newest && seenBefore !== null) markMentionsSeen(newest)
  }, [newest, seenBefore])

  if (isPending) return <Skeleton className="h-48" />
  if (error) {
    return (
      <Notice tone="fail" live actions={<Button onClick={() => void refetch()}>Try again</Button>}>
        {error.message}
      </Notice>
    )
  }
  const mentions = data.mentions.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  return (
    <div className="grid gap-5">
      {data.signatures.length > 0 ? (
        <Panel title="Your signature is awaited" aside={data.signatures.length}>
          <ul className="divide-y" data-testid="work-signatures">
            {data.signatures.map((signature) => (
              <SignatureRow key={`${signature.releaseId} ${signature.role}`} signature={signature} />
            ))}
          </ul>
        </Panel>
      ) : null}
      {data.rounds.length > 0 ? (
        <Panel title="Look at these: you watch" aside={data.rounds.length}>
          <ul className="divide-y" data-testid="work-rounds">
            {data.rounds.map(({ releaseId, releaseName, roundKey, itemKey, title, closesAt }) => (
              <AfterRow
                key={`${releaseId} ${roundKey} ${itemKey}`}
                {...{ releaseId, releaseName, title }}
                when={{ word: "closes at", at: closesAt, how: "time" }}
              />
            ))}
          </ul>
        </Panel>
      ) : null}
      {data.followups.length > 0 ? (
        <Panel title="Follow-ups of yours" aside={data.followups.length}>
          <ul className="divide-y" data-testid="work-followups">
            {data.followups.map(({ releaseId, releaseName, followupKey, title, list, dueAt }) => (
              <AfterRow
                key={`${releaseId} ${followupKey}`}
                {...{ releaseId, releaseName, title }}
                page={followupPages[list]}
                when={dueAt === null ? null : { word: "due", at: dueAt, how: "full" }}
              />
            ))}
          </ul>
        </Panel>
      ) : null}
      <Panel title="Assigned to you" aside={data.assigned.length > 0 ? data.assigned.length : null}>
        {data.assigned.length === 0 ? (
          <Empty icon={<ListChecks aria-hidden />} title="Nothing is assigned to you">
            Items of a checklist that are given to you come up here.
          </Empty>
        ) : (
          <ul className="divide-y" data-testid="work-assigned">
            {inOrder(data.assigned).map((item) => (
              <AssignedRow key={`${item.releaseId} ${item.itemKey}`} item={item} />
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="Mentions" aside={mentions.length > 0 ? mentions.length : null}>
        {mentions.length === 0 ? (
          <Empty icon={<AtSign aria-hidden />} title="Nobody has called you yet">
            A comment with @ and your name comes up here.
          </Empty>
        ) : (
          <ul className="divide-y" data-testid="work-mentions">
            {mentions.map((mention) => (
              <MentionRow
                key={mention.commentId}
                mention={mention}
                isNew={seenBefore !== null && mention.at > seenBefore}
              />
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}
