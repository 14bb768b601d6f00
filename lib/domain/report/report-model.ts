/**
 * What a report says, before it is a text: plain words in every field, whoever they come from. What makes Markdown of it
 * escapes them.
 */
export interface ReportModel {
  kind: "release" | "incident"
  title: string
  /** For programs: instants are ISO 8601 in UTC, durations milliseconds. */
  figures: Record<string, string | number | null>
  sections: ReportSection[]
  /** The last event that it tells of. */
  head: { seq: number; hash: string }
}

export interface ReportSection {
  key: string
  title: string
  parts: ReportPart[]
}

export type ReportPart =
  | { type: "text"; text: string }
  | { type: "quote"; text: string }
  | { type: "facts"; facts: ReportFact[] }
  | { type: "list"; items: string[] }
  | { type: "table"; columns: string[]; rows: string[][] }
  /** For people to fill in. */
  | { type: "blank"; prompt: string }

export interface ReportFact {
  label: string
  value: string
}

/** What a metric read over a stretch of time. Values are null where no reading had one. */
export interface MeasuredReading {
  metric: string
  unit: string
  good: number
  errors: number
  noData: number
  min: number | null
  avg: number | null
  max: number | null
}

export const text = (words: string): ReportPart => ({ type: "text", text: words })
export const blank = (prompt: string): ReportPart => ({ type: "blank", prompt })

/** A table, or a sentence where it would have no rows. */
export function tableOr(columns: string[], rows: string[][], otherwise: string): ReportPart {
  return rows.length > 0 ? { type: "table", columns, rows } : text(otherwise)
}

/** Facts without those that there is nothing to say about. */
export function facts(all: readonly (readonly [string, string | null | undefined])[]): ReportPart {
  return { type: "facts", facts: all.flatMap(([label, value]) => (value ? [{ label, value }] : [])) }
}
