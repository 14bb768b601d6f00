"use client"
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import Link from "next/link"
import { useState } from "react"
import { deliveryLooks } from "@/components/deliveries/delivery-looks"
import { StatusMark } from "@/components/status/status-mark"
import { Instant } from "@/components/time/instant"
import { Button } from "@/components/ui/button"
import { SelectField } from "@/components/ui/field"
import { Empty, Panel } from "@/components/ui/panel"
import { Problem } from "@/components/ui/problem"
import { Skeleton } from "@/components/ui/skeleton"
import { ApiProblem } from "@/lib/client/api"
import { channelDeliveriesQuery, type DeliveryFilter, retryDelivery } from "@/lib/client/channels-query"
import { useWrite } from "@/lib/client/use-write"
import type { ChannelView } from "@/lib/contracts/api/channels"
import type { Delivery, DeliveryStatus } from "@/lib/contracts/api/deliveries"
import { topicKeys, topics } from "@/lib/domain/notification/topics"

const ZONE = "UTC"
const statuses = Object.keys(deliveryLooks) as DeliveryStatus[]

/** What became of each message: what arrived, what waits, what was given up and why. */
export function DeliveryList({
  service,
  channels,
  mayRetry,
}: {
  service: string
  channels: ChannelView[]
  mayRetry: boolean
}) {
  const [filter, setFilter] = useState<DeliveryFilter>({})
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    channelDeliveriesQuery(service, filter),
  )
  const deliveries = data?.pages.flatMap((page) => page.deliveries) ?? []
  const isFiltered = Object.values(filter).some(Boolean)
  const narrow = (part: DeliveryFilter) => setFilter((now) => ({ ...now, ...part }))
  return (
    <Panel title="Messages">
      <div className="grid grid-cols-1 gap-3 border-b px-4 py-3 sm:grid-cols-3">
        <SelectField
          label="Channel"
          value={filter.channelId ?? ""}
          onChange={(event) => narrow({ channelId: event.target.value || undefined })}
        >
          <option value="">All</option>
          {channels.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="State"
          value={filter.status ?? ""}
          onChange={(event) => narrow({ status: (event.target.value || undefined) as DeliveryStatus | undefined })}
        >
          <option value="">All</option>
          {statuses.map((status) => (
            <option key={status} value={status}>
              {deliveryLooks[status].word}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Topic"
          value={filter.topic ?? ""}
          onChange={(event) => narrow({ topic: event.target.value || undefined })}
        >
          <option value="">All</option>
          <option value="test">Tests</option>
          {topicKeys.map((topic) => (
            <option key={topic} value={topic}>
              {topics[topic].title}
            </option>
          ))}
        </SelectField>
      </div>
      {error ? (
        <Problem
          className="m-3"
          problem={error instanceof ApiProblem ? error : new ApiProblem(0, "failed", error.message, {}, {})}
        />
      ) : null}
      {!data && !error ? (
        <div className="grid grid-cols-1 gap-3 p-4">
          <Skeleton className="h-9" />
          <Skeleton className="h-9" />
        </div>
      ) : null}
      {data && deliveries.length === 0 ? (
        <Empty title={isFiltered ? "No such message" : "Nothing was sent yet"}>
          {isFiltered ? (
            <Button size="sm" onClick={() => setFilter({})}>
              Show all
            </Button>
          ) : (
            "Send a test to see whether a channel leads where it should."
          )}
        </Empty>
      ) : null}
      <ul className="divide-y" data-testid="channel-deliveries">
        {deliveries.map((delivery) => (
          <Entry key={delivery.id} {...{ service, delivery, mayRetry }} />
        ))}
      </ul>
      {hasNextPage ? (
        <div className="border-t p-2 text-center">
          <Button size="sm" tone="quiet" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show older
          </Button>
        </div>
      ) : null}
    </Panel>
  )
}

function Entry({ service, delivery, mayRetry }: { service: string; delivery: Delivery; mayRetry: boolean }) {
  const client = useQueryClient()
  const retry = useWrite(
    () => retryDelivery(service, delivery.id),
    () =>
      Promise.all(
        ["channels", "channel-deliveries"].map((key) => client.invalidateQueries({ queryKey: [key, service] })),
      ),
  )
  const { status, words, channel, topic, release, lastError, attempts, nextTryAt } = delivery
  const isAmiss = status === "given_up" || status === "retrying"
  return (
    <li className="grid grid-cols-1 gap-1 px-4 py-2.5 text-sm" data-status={status}>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-60 break-words">{words}</span>
        <span className="text-ink-3 text-xs tabular-nums">
          <Instant at={delivery.deliveredAt ?? delivery.createdAt} zone={ZONE} />
        </span>
        <StatusMark look={deliveryLooks[status]} className="min-w-[7rem]" />
      </div>
      <p className="text-ink-3 text-xs">
        {channel?.name} · {topicTitle(topic)}
        {release ? (
          <>
            {" · "}
            <Link href={`/releases/${release.id}`} className="underline underline-offset-2 hover:text-ink">
              {release.name}
            </Link>
          </>
        ) : null}
      </p>
      {isAmiss ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-ink-2 text-xs">
          <p className="min-w-0 flex-1 basis-60 break-words">
            {lastError}. Tried {attempts} {attempts === 1 ? "time" : "times"}
            {nextTryAt ? (
              <>
                , next at <Instant at={nextTryAt} zone={ZONE} how="seconds" />
              </>
            ) : null}
            .
          </p>
          {mayRetry ? (
            <Button size="sm" busy={retry.isPending} aria-label={`Send again: ${words}`} onClick={() => retry.mutate()}>
              {status === "given_up" ? "Send again" : "Try now"}
            </Button>
          ) : null}
        </div>
      ) : null}
      <Problem problem={retry.problem} />
    </li>
  )
}

function topicTitle(topic: string | null): string {
  if (topic === null || topic === "test") return "Test"
  return topic in topics ? topics[topic as keyof typeof topics].title : topic
}
