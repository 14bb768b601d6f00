import { roleTitles } from "@/lib/domain/access/roles"
import type { DeployedVersion } from "@/lib/domain/release/state"
import { aftermathDescribers } from "./describe-aftermath"
import { type Describer, type Tone, who } from "./describer"
import { durationInWords } from "./duration-in-words"
import type { AnyTimelineEvent } from "./event"
import type { EventType } from "./event-types"

export type { Tone } from "./describer"

export interface Description {
  title: string
  detail?: string
  tone: Tone
  /** What it is about: the part of the type before the dot. */
  noun: string
}

/** An event in words, for the timeline. Keys stand for items and steps: an event does not carry their titles. */
export function describe(event: AnyTimelineEvent): Description {
  const describer = describers[event.type] as (event: AnyTimelineEvent) => [Tone, string, (string | null)?]
  const [tone, title, detail] = describer(event)
  return { title, ...(detail ? { detail } : {}), tone, noun: event.type.split(".")[0] ?? event.type }
}

const version = (deployed: DeployedVersion | null) => (deployed ? deployed.version : "nothing")

const runNames = {
  check: "check",
  start: "start",
  deploy: "deployment",
  verify: "verification",
  watch: "watch",
  rollback: "rollback",
  flag: "turning of a feature flag",
} as const
const evidenceNames: Record<string, string> = {
  text: "a text",
  link: "a link",
  file: "a file",
  result: "a result",
  check: "a check",
}
const endTones = {
  passed: "good",
  failed: "bad",
  inconclusive: "warning",
  aborted: "warning",
  cancelled: "neutral",
} as const
const stepTones = { passed: "good", failed: "bad", aborted: "warning", timed_out: "bad" } as const
const stepWords = { passed: "passed", failed: "failed", aborted: "was aborted", timed_out: "timed out" } as const
const verdictTones = { pass: "good", fail: "bad", inconclusive: "warning" } as const

const describers: { [T in EventType]: Describer<T> } = {
  "release.created": (e) => [
    "neutral",
    `${who(e)} created the release`,
    `${e.data.version} (${e.data.ref}) for ${e.data.environment.name}, by ${e.data.playbook.name} v${e.data.playbook.number}`,
  ],
  "release.closed": (e) => ["neutral", `${who(e)} closed the release`, e.data.note],

  "checklist.item_passed": (e) => [
    "good",
    e.actor.type === "person" ? `${who(e)} ticked ${e.data.itemKey}` : `${e.data.itemKey} passed its check`,
    e.data.note ?? e.data.evidence?.summary,
  ],
  "checklist.item_failed": (e) => [
    "bad",
    e.actor.type === "person" ? `${who(e)} marked ${e.data.itemKey} as failed` : `${e.data.itemKey} failed its check`,
    e.data.note ?? e.data.evidence?.summary,
  ],
  "checklist.item_reopened": (e) => ["neutral", `${who(e)} re-opened ${e.data.itemKey}`, e.data.note],
  "checklist.item_waived": (e) => ["warning", `${who(e)} waived ${e.data.itemKey}`, e.data.reason],
  "checklist.item_not_applicable": (e) => [
    "neutral",
    `${who(e)} marked ${e.data.itemKey} as not applicable`,
    e.data.reason,
  ],
  "checklist.item_assigned": (e) => [
    "neutral",
    e.data.assignee
      ? `${who(e)} assigned ${e.data.itemKey} to ${e.data.assignee.name}`
      : `${who(e)} took ${e.data.itemKey} from its assignee`,
  ],
  "checklist.evidence_added": (e) => [
    "neutral",
    `${who(e)} added ${evidenceNames[e.data.evidence.kind] ?? "evidence"} to ${e.data.itemKey}`,
    e.data.evidence.summary,
  ],
  "checklist.evidence_removed": (e) => [
    "warning",
    `${who(e)} took evidence away from ${e.data.itemKey}`,
    e.data.reason,
  ],
  "checklist.proof_requested": (e) => {
    const count = Object.keys(e.data.runIds).length
    return ["busy", `${who(e)} had ${count === 1 ? "1 item" : `${count} items`} proved`]
  },
  "checklist.item_due_set": (e) => [
    "neutral",
    e.data.dueAt
      ? `${who(e)} set when ${e.data.itemKey} is due`
      : `${who(e)} removed the due date of ${e.data.itemKey}`,
    e.data.dueAt,
  ],
  "checklist.comment_added": (e) => ["neutral", `${who(e)} commented on ${e.data.itemKey}`, e.data.text],
  "checklist.check_requested": (e) => ["busy", `${who(e)} had the check of ${e.data.itemKey} run`],
  "checklist.check_errored": (e) => ["warning", `The check of ${e.data.itemKey} gave no result`, e.data.message],

  "signoff.signed": (e) => [
    "good",
    `${e.data.signer.name} signed as ${roleTitles[e.data.role]}${e.data.onBehalfOf ? ` for ${e.data.onBehalfOf.name}` : ""}`,
    e.data.meaning,
  ],
  "signoff.declined": (e) => [
    "bad",
    `${who(e)} declined as ${roleTitles[e.data.role]}${e.data.onBehalfOf ? ` for ${e.data.onBehalfOf.name}` : ""}`,
    e.data.reason,
  ],
  "signoff.withdrawn": (e) => [
    "warning",
    `${who(e)} withdrew the signature of ${roleTitles[e.data.role]}`,
    e.data.reason,
  ],
  "signoff.reopened": (e) => [
    "neutral",
    `${who(e)} re-opened the sign-off of ${roleTitles[e.data.role]}`,
    e.data.reason,
  ],
  "signoff.reminded": (e) => [
    "neutral",
    `${who(e)} reminded ${e.data.roles.map((role) => roleTitles[role]).join(", ")} to sign`,
    e.data.to.map(({ name }) => name).join(", "),
  ],
  "signoff.voided": (e) => ["warning", `The signature of ${roleTitles[e.data.role]} is void`, e.data.cause],

  "schedule.set": (e) => ["busy", `${who(e)} set the go-live`, `Deployment at ${e.data.startAt}`],
  "schedule.cancelled": (e) => ["warning", `${who(e)} cancelled the scheduled go-live`, e.data.reason],
  "schedule.reminded": (e) => ["neutral", `The go-live is ${e.data.mark} away`],
  "schedule.held": (e) => ["warning", "Pre-flight is due, and the gate says no", e.data.blockers.join(" ")],
  "schedule.begun": () => ["busy", "The scheduled go-live began with pre-flight"],
  "schedule.expired": (e) => ["bad", "The scheduled go-live expired", e.data.reason],

  "override.requested": (e) => [
    "warning",
    `${who(e)} asked to start ${e.data.freezeIds?.length ? "in a freeze" : "outside the window"}`,
    e.data.reason,
  ],
  "override.approved": (e) => ["warning", `${who(e)} approved the override`, `Until ${e.data.expiresAt}`],
  "override.withdrawn": (e) => ["neutral", `${who(e)} withdrew the override`, e.data.reason],

  "run.queued": (e) => [
    "busy",
    e.data.notBefore
      ? `A ${runNames[e.data.kind]} is set for later`
      : `${who(e)} started a ${runNames[e.data.kind]}${e.data.itemKey ? ` of ${e.data.itemKey}` : ""}`,
    e.data.notBefore && `Not before ${e.data.notBefore}`,
  ],
  "run.claimed": (e) => [
    "neutral",
    e.data.fence > 1 ? "Another worker took over the run" : "A worker took the run",
    e.data.workerId,
  ],
  "run.abort_requested": (e) => ["warning", `${who(e)} asked to abort`, e.data.reason],
  "run.paused": (e) => ["warning", `${who(e)} paused the deployment`, e.data.reason],
  "run.resumed": (e) => ["good", `${who(e)} let the deployment go on`, e.data.note],
  "run.finished": (e) => [endTones[e.data.status], `The run ended: ${e.data.status}`, e.data.outcome],

  "step.started": (e) => [
    "busy",
    `Step ${e.data.stepKey} began${e.data.attempt > 1 ? ` (attempt ${e.data.attempt})` : ""}`,
  ],
  "step.finished": (e) => [
    stepTones[e.data.status],
    `Step ${e.data.stepKey} ${e.data.adopted ? "was found done" : stepWords[e.data.status]}`,
    e.data.summary,
  ],
  "step.interrupted": (e) => ["warning", `Step ${e.data.stepKey} was interrupted`, e.data.words],
  "step.waiting": (e) => [
    "warning",
    `Step ${e.data.stepKey} waits for ${e.data.role ? roleTitles[e.data.role] : "a person"}`,
    e.data.prompt,
  ],
  "step.confirmed": (e) => ["good", `${who(e)} confirmed step ${e.data.stepKey}`, e.data.note],
  "step.skipped": (e) => ["warning", `${who(e)} skipped step ${e.data.stepKey}`, e.data.reason],

  "maintenance.turned_on": (e) => ["warning", "Maintenance mode is on", e.data.message],
  "maintenance.overdue": (e) => [
    "bad",
    `Maintenance mode has been on for ${durationInWords(e.data.downtimeMs)}: longer than its budget`,
  ],
  "maintenance.turned_off": () => ["good", "Maintenance mode is off"],

  "deployment.found_live": (e) => ["neutral", `${version(e.data.previous)} was live before`],
  "deployment.switched": (e) => [
    "good",
    `${e.data.to.version} is live`,
    `${e.data.from && e.data.from.deploymentId !== e.data.to.deploymentId ? `Instead of ${e.data.from.version}` : ""}${
      e.data.adopted ? " (found done after an interruption)" : ""
    }`.trim(),
  ],

  "verification.watch_started": (e) => ["busy", "The watch began", `Until ${e.data.endsAt}`],
  "verification.verdict_given": (e) => [
    verdictTones[e.data.verdict],
    `The verdict is: ${e.data.verdict}`,
    e.data.reasons.join(" "),
  ],

  "verification.extended": (e) => ["neutral", `${who(e)} made the watch longer`, e.data.reason],
  "verification.ended_early": (e) => ["neutral", `${who(e)} ended the watch early`, e.data.reason],
  "verification.accepted": (e) => ["warning", `${who(e)} took the release as it is`, e.data.reason],

  "trigger.baseline_recorded": (e) => [
    "warning",
    `Trigger ${e.data.triggerKey} was red before the switch: it cannot trigger until it has been fine once`,
    e.data.words,
  ],
  "trigger.baseline_cleared": (e) => [
    "good",
    `Trigger ${e.data.triggerKey} is fine now, and counts again`,
    e.data.words,
  ],
  "trigger.armed": (e) => ["neutral", "Rollback triggers are armed", e.data.triggerKeys.join(", ")],
  "trigger.breached": (e) => ["bad", `Trigger ${e.data.triggerKey} is breached`, e.data.words],

  "rollback.asked": (e) => [
    "bad",
    e.data.to ? `Roll back to ${e.data.to.version}?` : "There is nothing to roll back to",
    e.data.reason,
  ],
  "rollback.countdown_started": (e) => [
    "bad",
    `Rolling back to ${e.data.to.version} at ${e.data.executesAt} unless stopped`,
    e.data.reason,
  ],
  "rollback.countdown_stopped": (e) => ["warning", `${who(e)} stopped the rollback`, e.data.reason],
  "rollback.decided": (e) => ["bad", `${who(e)} began the rollback to ${e.data.to.version}`, e.data.reason],
  "rollback.verified": (e) => [
    "good",
    "The previous version is live again and verified",
    `${durationInWords(e.data.stopwatchMs)} after the decision`,
  ],
  "rollback.failed": (e) => ["bad", "The rollback failed", e.data.reason],

  "rollback.watch_started": (e) => ["busy", "The version that is live again is watched", `Until ${e.data.endsAt}`],
  "rollback.watched": (e) => [
    verdictTones[e.data.verdict],
    `After the rollback: ${e.data.verdict}`,
    e.data.reasons.join(" "),
  ],

  "followup.opened": (e) => [
    "neutral",
    `${e.data.followups.length} follow-ups`,
    e.data.followups.map(({ title }) => title).join(", "),
  ],
  "followup.assigned": (e) => [
    "neutral",
    e.data.assignee
      ? `${who(e)} gave ${e.data.followupKey} to ${e.data.assignee.name}`
      : `${who(e)} took ${e.data.followupKey} from whoever had it`,
  ],
  "followup.done": (e) => [
    "good",
    e.actor.type === "person" ? `${who(e)} did ${e.data.followupKey}` : `${e.data.followupKey} is done`,
    e.data.note,
  ],
  "followup.reopened": (e) => ["neutral", `${who(e)} re-opened ${e.data.followupKey}`, e.data.note],
  "followup.due": (e) => [
    "warning",
    `${e.data.left.length === 1 ? "1 follow-up is" : `${e.data.left.length} follow-ups are`} due`,
    e.data.left.map(({ title, words }) => (words === null ? `${title}.` : `${title}: ${words}`)).join(" "),
  ],

  "rollback.reverted": (e) => ["neutral", `The commits were taken back on ${e.data.branch}`, e.data.commit],
  "flag.asked": (e) => ["busy", `${who(e)} turns “${e.data.title}” ${e.data.on ? "on" : "off"}`, e.data.reason],
  "flag.turned": (e) => ["good", `The flag ${e.data.flagKey} is ${e.data.on ? "on" : "off"}`],
  "flag.not_turned": (e) => ["bad", `The flag ${e.data.flagKey} could not be turned`, e.data.problem],
  ...aftermathDescribers,
  "environment.locked": (e) => ["warning", "The environment was locked", e.data.reason],
  "environment.unlocked": (e) => ["neutral", `${who(e)} unlocked the environment`, e.data.reason],
}
