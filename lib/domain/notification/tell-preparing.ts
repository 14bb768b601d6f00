import { roleTitles } from "@/lib/domain/access/roles"
import type { Signature } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"
import { fact, silent, type Tellers } from "./told"

const ON_THE_PAGE = "Part of the preparation: its page shows it"

/** Up to the start: checklist, signatures, plan, overrides. */
export const tellPreparing: Tellers<
  "release" | "checklist" | "signoff" | "schedule" | "override" | "environment" | "report"
> = {
  "release.created": silent("Nothing is asked of anybody yet"),
  "release.closed": silent("What ended it was said"),

  "checklist.item_passed": silent(ON_THE_PAGE),
  "checklist.item_failed": silent(ON_THE_PAGE),
  "checklist.item_reopened": silent(ON_THE_PAGE),
  "checklist.item_waived": silent(ON_THE_PAGE),
  "checklist.item_not_applicable": silent(ON_THE_PAGE),
  "checklist.item_assigned": silent("It is among the person's own work"),
  "checklist.item_due_set": silent(ON_THE_PAGE),
  "checklist.comment_added": silent("It is among the person's own work"),
  "checklist.evidence_added": silent(ON_THE_PAGE),
  "checklist.evidence_removed": silent(ON_THE_PAGE),
  "checklist.proof_requested": silent(ON_THE_PAGE),
  "checklist.check_requested": silent(ON_THE_PAGE),
  "checklist.check_errored": silent(ON_THE_PAGE),

  "signoff.signed": (_, { after }) => {
    const all = Object.values(after.signoffs)
    if (!all.every(({ status }) => status === "signed")) return null
    const title = "All signatures are there"
    const text = all.map(({ role }) => roleTitles[role]).join(", ")
    return { topic: "signatures", title, text, severity: "good", page: "signoffs" }
  },
  "signoff.reminded": ({ actor, data }, { after }) => ({
    topic: "signatures",
    title: `Signature awaited: ${data.roles.map((role) => roleTitles[role]).join(", ")}`,
    text: `${after.name} (${after.version}) for ${after.environment.name}`,
    facts: fact("Reminded by", actor.type === "person" ? actorName(actor) : null),
    people: data.to,
    page: data.roles.length === 1 ? `signoffs#${data.roles[0]}` : "signoffs",
  }),
  "signoff.declined": ({ data }) => ({ topic: "signatures", page: `signoffs#${data.role}` }),
  "signoff.withdrawn": ({ data }) => ({ topic: "signatures", page: `signoffs#${data.role}` }),
  "signoff.reopened": ({ data }) => ({ topic: "signatures", page: `signoffs#${data.role}` }),
  /** For those who have to look again. */
  "signoff.voided": ({ data }, { after }) => ({
    topic: "signatures",
    people: signersOf(after.signoffs[data.role]?.signatures ?? []),
    page: `signoffs#${data.role}`,
  }),

  "schedule.set": ({ actor, data }) => ({
    topic: "go_live",
    title: `${actorName(actor)} set the go-live`,
    text: "It begins by itself if everything is in place.",
    facts: [...fact("Deployment", data.startAt), ...fact("Pre-flight", data.preflightAt)],
    severity: "info",
    page: "deploy",
  }),
  "schedule.cancelled": () => ({ topic: "go_live", page: "deploy" }),
  "schedule.reminded": ({ data }, { after }) => ({
    topic: "go_live",
    title: `The go-live is ${data.mark} away`,
    facts: fact("Deployment", after.schedule?.startAt),
  }),
  "schedule.held": (_, { after }) => ({
    topic: "go_live",
    facts: fact("Expires", after.schedule?.startAt),
  }),
  "schedule.begun": silent("The deployment's start, in the same commit, says it"),
  "schedule.expired": () => ({ topic: "go_live", page: "deploy" }),

  "override.requested": ({ data }, { freezeNames }) => ({
    topic: "override",
    facts: [
      ...fact("Freezes", data.freezeIds?.map((id) => freezeNames[id] ?? id).join(", ")),
      ...fact("Needs", "a second person's yes"),
    ],
    page: "deploy#window",
  }),
  "override.approved": ({ data, actor }, { after, freezeNames }) => ({
    topic: "override",
    text: after.override?.reason ?? "",
    facts: [
      ...fact("Asked by", after.override?.requestedBy.name),
      ...fact("Approved by", actorName(actor)),
      ...fact("Until", data.expiresAt),
      ...fact("Freezes", after.override?.freezeIds.map((id) => freezeNames[id] ?? id).join(", ")),
    ],
    page: "deploy#window",
  }),
  "override.withdrawn": () => ({ topic: "override", page: "deploy#window" }),

  "environment.locked": silent("What locked it, a rollback, says how it ended"),
  "environment.unlocked": silent("The environment's page shows it"),

  "report.saved": silent("Its page shows it"),
}

function signersOf(signatures: readonly Signature[]) {
  const people = signatures.map(({ signer }) => signer)
  return [...new Map(people.map((person) => [person.id, person])).values()]
}
