import type { ReleaseState, RunState } from "@/lib/domain/release/state"
import { actorName } from "@/lib/domain/timeline/actor-name"
import { alertsThatWereMuted } from "./muted-alerts"
import { fact, silent, type Tellers } from "./told"

const IN_THE_LOG = "A step of the work: the page shows it"

/** From the start to the verdict. */
export const tellGoingLive: Tellers<
  "run" | "step" | "maintenance" | "deployment" | "verification" | "trigger" | "flag"
> = {
  "run.queued": ({ actor, data }, { after }) => {
    if (data.kind !== "deploy") return null
    const text = `${after.version} goes to ${after.environment.name}`
    return {
      topic: "go_live",
      title: `${actorName(actor)} began the deployment`,
      text,
      severity: "info",
      page: "deploy",
    }
  },
  "run.claimed": silent(IN_THE_LOG),
  "run.abort_requested": silent("The run's end says that it was aborted"),
  "run.paused": ({ data }, { after }) => ({ ...ofRun(after, data.runId) }),
  "run.resumed": ({ data }, { after }) => ({ ...ofRun(after, data.runId) }),
  "run.finished": ({ data }, { after }) => {
    const isDeploy = after.runs[data.runId]?.kind === "deploy"
    // One that passed has switched, and the verdict follows.
    if (!isDeploy || data.status === "passed") return null
    const title = data.status === "failed" ? "The deployment failed" : `The deployment was ${data.status}`
    return { topic: "go_live", title, text: data.outcome, page: "deploy" }
  },

  "step.started": silent(IN_THE_LOG),
  "step.finished": silent(IN_THE_LOG),
  "step.interrupted": silent(IN_THE_LOG),
  "step.waiting": ({ data }, { after }) => {
    const run = after.runs[data.runId]
    const step = run?.steps.find(({ key }) => key === data.stepKey)
    return {
      ...ofRun(after, data.runId),
      title: `“${step?.title ?? data.stepKey}” waits for a person`,
      text: data.prompt,
    }
  },
  "step.confirmed": silent(IN_THE_LOG),
  "step.skipped": silent(IN_THE_LOG),

  "maintenance.turned_on": () => ({ topic: "go_live", page: "deploy" }),
  "maintenance.overdue": () => ({ topic: "go_live", page: "deploy" }),
  "maintenance.turned_off": (_, context) => [
    { topic: "go_live", page: "deploy" },
    // What it hushed and is still so is said now: nobody else will.
    ...alertsThatWereMuted(context),
  ],

  "deployment.found_live": silent(IN_THE_LOG),
  /** The previous version that is live again is told when it is verified. */
  "deployment.switched": (_, { after }) =>
    after.rollback?.status === "running" ? null : { topic: "go_live", page: "verify" },

  "verification.watch_started": silent(IN_THE_LOG),
  "verification.verdict_given": () => ({ topic: "verification", page: "verify" }),
  "verification.extended": silent(IN_THE_LOG),
  "verification.ended_early": silent(IN_THE_LOG),
  "verification.accepted": () => ({ topic: "verification", page: "verify" }),

  "trigger.baseline_recorded": silent(IN_THE_LOG),
  "trigger.baseline_cleared": silent(IN_THE_LOG),
  "trigger.armed": silent(IN_THE_LOG),
  "trigger.breached": silent("What follows from it, the question or the countdown, and the incident, say it"),

  "flag.asked": silent("Whether it could be turned is said"),
  "flag.turned": ({ data }, { after }) => ({
    topic: "rollback",
    title: `“${titleOf(after, data.flagKey)}” is ${data.on ? "on" : "off"}`,
    text: after.flags[data.flagKey]?.reason ?? "",
    facts: fact("Asked by", after.flags[data.flagKey]?.by),
    page: "rollback",
  }),
  "flag.not_turned": ({ data }, { after }) => ({
    topic: "rollback",
    title: `“${titleOf(after, data.flagKey)}” could not be turned`,
    page: "rollback",
  }),
}

const titleOf = ({ flags }: ReleaseState, key: string) => flags[key]?.title ?? key

const PAGES: Partial<Record<RunState["kind"], string>> = { rollback: "rollback", verify: "verify", watch: "verify" }

/** Whatever stands still during a way back is of interest to those who follow the way back. */
function ofRun({ runs }: ReleaseState, runId: string) {
  const kind = runs[runId]?.kind ?? "deploy"
  return { topic: kind === "rollback" ? "rollback" : "go_live", page: PAGES[kind] ?? "deploy" } as const
}
