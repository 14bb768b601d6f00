import { type Describers, who } from "./describer"

const names = (people: readonly { name: string }[]) => people.map(({ name }) => name).join(", ")

const roleNames = { commander: "commander", scribe: "scribe", communications: "communications" } as const
const howWords = {
  rolled_back: "rolled back",
  fixed: "fixed",
  flag_off: "a feature was turned off",
  no_action: "it went away by itself",
} as const
const audiences = { internal: "the team", customers: "customers" } as const

/** What comes after the switch: incidents, thresholds, rounds, reviews and reports. */
export const aftermathDescribers: Describers<"incident" | "threshold" | "round" | "review" | "report"> = {
  "incident.declared": (e) => [
    "bad",
    `${who(e)} declared incident ${e.data.number}: ${e.data.title} (${e.data.severity})`,
    e.data.cause.words,
  ],
  "incident.signal_added": (e) => ["bad", "Another sign of the incident", e.data.cause.words],
  "incident.severity_changed": (e) => ["warning", `The incident is ${e.data.severity} now`, e.data.reason],
  "incident.acknowledged": (e) => [
    "warning",
    `${who(e)} acknowledged the incident`,
    e.data.note ?? `Paged again at ${e.data.repageAt} unless it is resolved`,
  ],
  "incident.acknowledgement_lapsed": () => ["warning", "The incident is not resolved: people are paged again"],
  "incident.paged": (e) => [
    "bad",
    `${e.data.how === "notify" ? "Told" : e.data.how === "repage" ? "Paged again" : "Paged"} ${e.data.target}`,
    names(e.data.people) || null,
  ],
  "incident.level_held": (e) => ["neutral", `Level ${e.data.level + 1} is held: the incident is acknowledged`],
  "incident.level_skipped": (e) => ["warning", `Level ${e.data.level + 1} was skipped`, e.data.words],
  "incident.level_acted": (e) => ["bad", `Level ${e.data.level + 1} acts: ${e.data.action}`, e.data.words],
  "incident.fix_overdue": () => ["bad", "The time for a repair is over: roll back?"],
  "incident.role_given": (e) => [
    "neutral",
    e.data.person
      ? `${who(e)} made ${e.data.person.name} ${roleNames[e.data.role]}`
      : `${who(e)} took the role of ${roleNames[e.data.role]} back`,
    e.data.note,
  ],
  "incident.action_ticked": (e) => [
    e.data.done ? "good" : "neutral",
    `${who(e)} ${e.data.done ? "ticked" : "unticked"} action ${e.data.action + 1} of ${e.data.stageKey}`,
  ],
  "incident.noted": (e) => ["neutral", `${who(e)} noted`, e.data.text],
  "incident.event_pinned": (e) => ["neutral", `${who(e)} pinned event ${e.data.seq}`, e.data.words],
  "incident.event_unpinned": (e) => ["neutral", `${who(e)} unpinned event ${e.data.seq}`],
  "incident.message_posted": (e) => [
    "neutral",
    `${who(e)} told ${audiences[e.data.audience]}: ${e.data.title}`,
    e.data.text,
  ],
  "incident.resolved": (e) => ["good", `${who(e)} resolved the incident: ${howWords[e.data.how]}`, e.data.words],
  "incident.reopened": (e) => ["bad", `${who(e)} re-opened the incident`, e.data.reason],

  "threshold.breached": (e) => [
    e.data.level === "critical" ? "bad" : "warning",
    `${e.data.title}: breached`,
    e.data.words,
  ],
  "threshold.cleared": (e) => ["good", `${e.data.title}: fine again`, e.data.words],

  "round.planned": (e) => ["neutral", "Rounds are planned", e.data.bands.map(({ title }) => title).join(", ")],
  "round.opened": (e) => {
    const bad = e.data.results.filter(({ ok }) => ok === false)
    const unknown = e.data.results.filter(({ ok }) => ok === null)
    const tone = bad.length > 0 ? "bad" : unknown.length > 0 ? "warning" : "good"
    return [tone, `Round ${e.data.roundKey}`, e.data.results.map(({ words }) => words).join(" ") || null]
  },
  "round.item_judged": (e) => [
    e.data.ok ? "good" : "bad",
    `${who(e)} looked at ${e.data.itemKey}: ${e.data.ok ? "fine" : "not fine"}`,
    e.data.note,
  ],
  "round.missed": (e) => ["bad", `Round ${e.data.roundKey} was missed`, e.data.words],
  "round.watch_handed_over": (e) => [
    "neutral",
    e.data.to
      ? `${who(e)} handed the watch to ${e.data.to.name}`
      : `${who(e)} gave the watch back to whoever is on call`,
    e.data.note,
  ],
  "round.ended": (e) => ["neutral", "There are no more rounds", e.data.reason],

  "review.scheduled": (e) => [
    "neutral",
    `${who(e)} scheduled ${e.data.title}`,
    `${e.data.startAt}${e.data.people.length > 0 ? `, with ${names(e.data.people)}` : ""}`,
  ],
  "review.cancelled": (e) => ["warning", `${who(e)} cancelled a review`, e.data.reason],
  "report.saved": (e) => [
    "neutral",
    `${who(e)} saved the ${e.data.kind === "release" ? "release" : "incident"} report`,
    `Revision ${e.data.revision}`,
  ],
}
