import type { ReleaseState, RunState, StepState } from "@/lib/domain/release/state"
import { durationInWords } from "@/lib/domain/timeline/duration-in-words"
import { bothClocks } from "./report-clock"
import { type ReportPart, tableOr, text } from "./report-model"
import { cut } from "./report-words"

const titles: Partial<Record<RunState["kind"], string>> = {
  deploy: "Deployment",
  verify: "Verification",
  watch: "Watch",
  rollback: "Rollback",
  flag: "Turning of a feature flag",
}

/** What was carried out, run by run, with every step; the checks of single items are not among them. */
export function doneParts(state: ReleaseState): ReportPart[] {
  const { zone } = state.window
  const parts = state.runOrder.flatMap((id) => {
    const run = state.runs[id]
    const title = run && titles[run.kind]
    if (!run || !title) return []
    const began = run.startedAt ? `, ${bothClocks(run.startedAt, zone)}` : ", not begun"
    const ended = run.outcome ? `: ${run.outcome}` : ""
    const steps = run.steps.map((step) => stepRow(step, zone))
    return [
      text(`${title} by ${run.by}${began}, ${run.status}${ended}`),
      ...(steps.length > 0
        ? [tableOr(["Step", "State", "Began", "Worked", "Waited", "Tries", "In words"], steps, "")]
        : []),
    ]
  })
  return parts.length > 0 ? parts : [text("Nothing was carried out yet.")]
}

function stepRow(step: StepState, zone: string): string[] {
  const { title, status, startedAt, workingMs, waitingMs, attempt, adopted, confirmed, summary } = step
  const words = [
    adopted ? "found done after an interruption" : null,
    confirmed ? `confirmed by ${confirmed.by}${confirmed.note ? `: ${confirmed.note}` : ""}` : null,
    summary,
  ]
  return [
    title,
    status.replaceAll("_", " "),
    startedAt ? bothClocks(startedAt, zone) : "",
    workingMs > 0 ? durationInWords(workingMs) : "",
    waitingMs > 0 ? durationInWords(waitingMs) : "",
    attempt > 0 ? String(attempt) : "",
    cut(words.filter(Boolean).join(". ")),
  ]
}
