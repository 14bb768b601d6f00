import type { Followup, ReleaseState } from "@/lib/domain/release/state"
import { bothClocks } from "./report-clock"
import { type ReportPart, tableOr } from "./report-model"

/** What is or was left to do, with who does it. */
export function followupsTable(
  { followups, window: { zone } }: ReleaseState,
  which: (followup: Followup) => boolean,
  otherwise: string,
): ReportPart {
  const rows = Object.values(followups)
    .filter(which)
    .sort((a, b) => a.position - b.position)
    .map(({ title, detail, assignee, dueAt, done }) => [
      [title, detail].filter(Boolean).join(". "),
      assignee?.name ?? "nobody",
      dueAt ? bothClocks(dueAt, zone) : "",
      done ? [`done by ${done.by}, ${bothClocks(done.at, zone)}`, done.note].filter(Boolean).join(": ") : "open",
    ])
  return tableOr(["What", "Owner", "Due", "State"], rows, otherwise)
}
