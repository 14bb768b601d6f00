import { own } from "@/lib/domain/release/own"
import type { ReleaseState } from "@/lib/domain/release/state"
import { thresholdId } from "@/lib/domain/threshold/threshold-state"
import { actorName } from "@/lib/domain/timeline/actor-name"
import { alertOf, isMuted } from "./muted-alerts"
import { fact, silent, type Tellers } from "./told"

const listTitles = {
  post_rollback: "After the rollback",
  after: "Three days after go-live",
  post_incident: "After the incident",
} as const

/** After the switch: alerts, rounds, what is left to do, meetings. Alerts that maintenance mode explains are not told. */
export const tellFirstDays: Tellers<"threshold" | "round" | "followup" | "review"> = {
  "threshold.breached": (event, { after }) => (isMuted(event.at, after.maintenance.since) ? null : alertOf(event.data)),
  "threshold.cleared": ({ data }, { before, after }) => {
    const breachedAt = own(before.thresholds, thresholdId(data))?.breachedAt
    return isMuted(breachedAt, after.maintenance.since) ? null : { ...alertOf(data), severity: "good" }
  },

  "round.planned": silent("The first round says what there is to do"),
  /** Only where a person has to look: the console's own readings that are fine need nobody. */
  "round.opened": ({ data }, { after }) => {
    const bad = data.results.filter(({ ok }) => ok === false)
    const titles = itemTitles(after, data.bandKey)
    const forPeople = [...titles].filter(
      ([key]) => (data.results.find((one) => one.itemKey === key)?.ok ?? null) === null,
    )
    if (bad.length === 0 && forPeople.length === 0) return null
    return {
      topic: "round",
      title: bad.length > 0 ? `Round ${data.n}: something is not fine` : `Round ${data.n} waits for a person`,
      text: bad.map(({ itemKey, words }) => `${titles.get(itemKey) ?? itemKey}: ${words}`).join(" "),
      facts: [...fact("To look at", forPeople.map(([, title]) => title).join(", ")), ...fact("Until", data.closesAt)],
      severity: bad.length > 0 ? "critical" : "warning",
      people: onWatch(after),
      page: "after",
    }
  },
  "round.item_judged": ({ data, actor }, { after }) => {
    if (data.ok) return null
    const band = own(after.rounds?.rounds ?? {}, data.roundKey)?.bandKey ?? ""
    const title = `${itemTitles(after, band).get(data.itemKey) ?? data.itemKey} is not fine, says ${actorName(actor)}`
    return { topic: "round", title, page: "after" }
  },
  "round.missed": ({ data }, { after }) => ({
    topic: "round",
    facts: fact("Not looked at", data.open.join(", ")),
    people: onWatch(after),
    page: "after",
  }),
  "round.watch_handed_over": ({ data }) => ({ topic: "round", people: data.to ? [data.to] : [], page: "after" }),
  "round.ended": silent("The page shows it"),

  "followup.opened": ({ data }) => ({
    topic: "after",
    title: `${listTitles[data.list]}: ${data.followups.length} to look at`,
    text: data.followups.map(({ title }) => title).join(", "),
    facts: fact(
      "Due",
      data.followups.map(({ dueAt }) => dueAt).find((dueAt) => dueAt !== null),
    ),
    page: data.list === "post_rollback" ? "rollback" : "after",
  }),
  "followup.assigned": ({ data, actor }, { after }) => {
    const followup = own(after.followups, data.followupKey)
    if (!data.assignee || !followup) return null
    const title = `${actorName(actor)} gave ${data.assignee.name}: ${followup.title}`
    return { topic: "after", title, facts: fact("Due", followup.dueAt), people: [data.assignee], page: "after" }
  },
  "followup.due": ({ data }) => ({
    topic: "after",
    title: `${listTitles[data.list]}: ${data.left.length} still to be answered`,
    text: data.left.map(({ title }) => title).join(", "),
    page: "after",
  }),
  "followup.done": silent("The page shows it"),
  "followup.reopened": silent("The page shows it"),

  "review.scheduled": ({ actor, data }) => ({
    topic: "after",
    title: `${actorName(actor)} scheduled ${data.title}`,
    text: data.people.map(({ name }) => name).join(", "),
    facts: [...fact("Begins", data.startAt), ...fact("Place", data.place)],
    people: data.people,
    page: "after",
  }),
  "review.cancelled": ({ data }, { after }) => {
    const review = own(after.reviews, data.reviewId)
    return {
      topic: "after",
      title: `Cancelled: ${review?.title ?? "a review"}`,
      people: review?.people ?? [],
      page: "after",
    }
  },
}

function onWatch({ rounds }: ReleaseState) {
  return rounds?.watcher ? [rounds.watcher] : []
}

function itemTitles({ rounds }: ReleaseState, bandKey: string): Map<string, string> {
  const items = rounds?.bands.find(({ key }) => key === bandKey)?.items ?? []
  return new Map(items.map(({ key, title }) => [key, title]))
}
