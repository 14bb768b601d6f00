import type { CoveredContent, CoveredItem } from "./covered-content"

/** One thing that a signature covers and that is not so any more. */
export interface ContentChange {
  /** `release`, `service`, `environment`, `playbook`, or `checklist/<key>`. */
  subject: string
  field: string
  from: string | null
  to: string | null
  /** The whole of it in one clause. */
  words: string
}

/** What hashes do not say: how an item is called, and what its proof said before and after. */
export interface ItemWords {
  title: string
  before: string | null
  after: string | null
}

/** Everything that differs, in the order in which it stands in the content. */
export function contentChanges(
  before: CoveredContent,
  after: CoveredContent,
  itemWords: (key: string) => ItemWords,
): ContentChange[] {
  const was = new Map(before.items.map((item) => [item.key, item]))
  const is = new Map(after.items.map((item) => [item.key, item]))
  const keys = new Set([...was.keys(), ...is.keys()])
  return [
    ...changedParts(before, after),
    ...[...keys].flatMap((key) => changedItem(was.get(key), is.get(key), itemWords(key)).map(onItem(key))),
  ]
}

/** The changes as clauses, one an item; many are counted after the first few. */
export function changesInWords(changes: readonly ContentChange[], most = 5): string[] {
  const first = changes.filter(
    (change, index) => changes.findIndex(({ subject }) => subject === change.subject) === index,
  )
  const parts = changes.filter((change) => !change.subject.startsWith("checklist/") || first.includes(change))
  const words = parts.slice(0, most).map((change) => change.words)
  return parts.length > most ? [...words, `and ${parts.length - most} more`] : words
}

type Part = "release" | "service" | "environment" | "playbook"
type Change = Omit<ContentChange, "subject">

const parts: readonly Part[] = ["release", "service", "environment", "playbook"]
/** Hashes and ids are shown by their beginning. */
const shortened = new Set(["commit", "hash", "versionId", "id"])
const fieldNames: Record<string, string> = { number: "version", versionId: "version’s id" }

function changedParts(before: CoveredContent, after: CoveredContent): ContentChange[] {
  return parts.flatMap((part) => {
    const was: Record<string, string | number | null> = { ...before[part] }
    const is: Record<string, string | number | null> = { ...after[part] }
    return Object.keys({ ...was, ...is }).flatMap((field): ContentChange[] => {
      const from = asText(was[field])
      const to = asText(is[field])
      if (from === to) return []
      const show = (text: string | null) => (text !== null && shortened.has(field) ? short(text) : (text ?? "nothing"))
      const words = `the ${part}’s ${fieldNames[field] ?? field} went from ${show(from)} to ${show(to)}`
      return [{ subject: part, field, from, to, words }]
    })
  })
}

const onItem =
  (key: string) =>
  (change: Change): ContentChange => ({ subject: `checklist/${key}`, ...change })

function changedItem(was: CoveredItem | undefined, is: CoveredItem | undefined, item: ItemWords): Change[] {
  const title = `“${item.title}”`
  if (!was || !is) {
    const words = is ? `${title} is new` : `${title} is gone`
    return [{ field: "state", from: was?.state ?? null, to: is?.state ?? null, words }]
  }
  const changes: Change[] = []
  const change = (field: string, from: string | null, to: string | null, words: string) => {
    if (from !== to) changes.push({ field, from, to, words })
  }
  change("state", was.state, is.state, `${title} went from ${spaced(was.state)} to ${spaced(is.state)}`)
  change("evidence", was.resultHash, is.resultHash, newEvidence(title, was, is, item))
  const attached = { was: was.attachments.join(" ") || null, is: is.attachments.join(" ") || null }
  change("attachments", attached.was, attached.is, otherAttachments(title, was.attachments, is.attachments))
  const reason = (text: string | null) => (text === null ? "none" : `“${clipped(text)}”`)
  const reasons = `from ${reason(was.waiverReason)} to ${reason(is.waiverReason)}`
  const waived = `the reason why ${title} is ${spaced(is.state)} went ${reasons}`
  change("waiver_reason", was.waiverReason, is.waiverReason, waived)
  return changes
}

function newEvidence(title: string, was: CoveredItem, is: CoveredItem, item: ItemWords): string {
  if (is.resultHash === null) return `${title} has no evidence any more`
  const show = (summary: string | null, hash: string) => `${summary ? `“${clipped(summary)}” ` : ""}(${short(hash)})`
  const now = show(item.after, is.resultHash)
  return was.resultHash === null
    ? `${title} has evidence now: ${now}`
    : `${title} has new evidence: ${now} instead of ${show(item.before, was.resultHash)}`
}

function otherAttachments(title: string, was: readonly string[], is: readonly string[]): string {
  const added = is.filter((hash) => !was.includes(hash)).map(short)
  const gone = was.filter((hash) => !is.includes(hash)).map(short)
  const said = [
    ...(added.length > 0 ? [`added ${added.join(", ")}`] : []),
    ...(gone.length > 0 ? [`taken away ${gone.join(", ")}`] : []),
  ]
  return `${title} has other evidence beside its proof${said.length > 0 ? ` (${said.join("; ")})` : ""}`
}

const asText = (value: string | number | null | undefined) =>
  value === null || value === undefined ? null : String(value)
const spaced = (state: string) => state.replaceAll("_", " ")
const short = (hash: string) => hash.slice(0, 12)
const clipped = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text)
