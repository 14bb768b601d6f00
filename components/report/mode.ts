import type { Report } from "@/lib/contracts/api/reports"

/** What is on the sheet: the report as it stands, a fresh draft of it, or the text in the hand of its writer. */
export type Mode = { kind: "read" } | { kind: "fresh" } | { kind: "edit"; from: Report }
