import { countItems } from "@/lib/domain/checklist/progress"
import type { DeployedVersion, ReleaseState } from "@/lib/domain/release/state"
import { type Fate, signatureFates } from "@/lib/domain/signoff/signature-fates"
import type { AnyTimelineEvent, TimelineEvent } from "@/lib/domain/timeline/event"
import { bothClocks } from "./report-clock"
import { facts, type ReportPart, tableOr, text } from "./report-model"
import { timelineTable } from "./report-words"

const methods = { passkey: "passkey", password: "password, sealed by the console" } as const
const fates: Record<Fate["fate"], string> = {
  stands: "stands",
  void: "void",
  withdrawn: "withdrawn",
  declined: "set aside, the role was declined",
  reopened: "set aside, the role was opened again",
  expired: "ran out",
}

export function plannedParts(state: ReleaseState, events: readonly AnyTimelineEvent[]): ReportPart[] {
  const { playbook, window, policy, schedule } = state
  const previous = liveBefore(events)
  const { zone } = window
  const planning = events.filter(({ type }) => type.startsWith("schedule.") && type !== "schedule.reminded")
  const counts = countItems(Object.values(state.items), Date.parse(events.at(-1)?.at ?? state.createdAt))
  const said = Object.entries(counts.byStatus).flatMap(([status, count]) =>
    count > 0 ? [`${count} ${status.replaceAll("_", " ")}`] : [],
  )
  return [
    facts([
      ["Playbook", `${playbook.name}, version ${playbook.number}`],
      ["Playbook, SHA-256", playbook.hash],
      ["Version", `${state.version}, git ref ${state.ref}`],
      ["Commit", state.commit],
      ["Commits", previous?.commit && state.commit ? `${previous.commit}..${state.commit}` : null],
      ["Instead of", previous?.version],
      ["Window", `${window.days.join(", ")}, ${window.start} to ${window.end} (${zone})`],
      ["Go-live", schedule ? `${bothClocks(schedule.startAt, zone)}, set by ${schedule.by.name}` : null],
      ["Signers", policy.distinctPeople ? "a person for each role" : "one person may sign for several roles"],
      ["Checklist", `${counts.total} items: ${said.join(", ")}`],
    ]),
    ...(planning.length > 0 ? [timelineTable(state, planning, "")] : []),
  ]
}

/** What the release found live, which a rollback does not change. */
function liveBefore(events: readonly AnyTimelineEvent[]): DeployedVersion | null {
  const found = events.find((event) => event.type === "deployment.found_live")
  if (found?.type === "deployment.found_live") return found.data.previous
  const switched = events.find((event) => event.type === "deployment.switched")
  return switched?.type === "deployment.switched" ? switched.data.from : null
}

/** Every signature that was ever given, with what became of it until `asOf`. */
export function signedTable(state: ReleaseState, events: readonly AnyTimelineEvent[], asOf: string): ReportPart {
  const { zone } = state.window
  const fateOf = signatureFates(events, asOf)
  const signed = events.filter((event): event is TimelineEvent<"signoff.signed"> => event.type === "signoff.signed")
  const rows = signed.map(({ at, data }) => {
    const { role, signer, onBehalfOf, method, manifestHash, signatureId } = data
    const fate = fateOf.get(signatureId)
    return [
      state.signoffs[role]?.title ?? role,
      onBehalfOf ? `${signer.name} for ${onBehalfOf.name}` : signer.name,
      methods[method],
      bothClocks(at, zone),
      manifestHash,
      fate ? [fates[fate.fate], fate.fateReason].filter(Boolean).join(": ") : "",
    ]
  })
  return tableOr(["Role", "Who", "Method", "When", "Manifest, SHA-256", "Now"], rows, "Nobody has signed.")
}

/** What was let through against the rules, and by whom. */
export function exceptionParts(state: ReleaseState, events: readonly AnyTimelineEvent[]): ReportPart[] {
  const { zone } = state.window
  const overrides = events.filter(({ type }) => type.startsWith("override."))
  const setAside = Object.values(state.items).filter(
    (item) => item.state === "waived" || item.state === "not_applicable",
  )
  const rows = setAside.map(({ title, state: how, note, by, at }) => [
    title,
    how === "waived" ? "waived" : "not applicable",
    note ?? "no reason given",
    by ? `${by}${at ? `, ${bothClocks(at, zone)}` : ""}` : "",
  ])
  return [
    overrides.length > 0 ? timelineTable(state, overrides, "") : text("The gate was not overridden."),
    tableOr(["Item", "How", "Why", "Who"], rows, "No item was set aside."),
  ]
}
