import type { Notification } from "@/lib/domain/notification/notification"
import type { ChannelMessage } from "../contract"

/** What every kind shows, in its own form: nothing of it is escaped yet. */
export interface Rendered {
  title: string
  /** In a word and in a shape: nobody has to see a colour. */
  severity: { word: string; mark: string }
  /** Service, environment and release. */
  where: string
  text: string
  facts: { name: string; value: string }[]
  url: string
  /** The chain's head, for whoever wants to compare it one day. Null for a test. */
  head: string | null
}

const severities: Record<Notification["severity"], Rendered["severity"]> = {
  critical: { word: "Critical", mark: "■" },
  warning: { word: "Warning", mark: "▲" },
  good: { word: "Good", mark: "✓" },
  info: { word: "Info", mark: "○" },
}

export function rendered({ notification, url, head }: ChannelMessage): Rendered {
  const { title, text, facts, service, environment, release, severity, people } = notification
  const names = people.map(({ name }) => name).join(", ")
  return {
    title: oneLine(title),
    severity: severities[severity],
    where: oneLine([service.name, environment.name, release.name].filter(Boolean).join(" · ")),
    text: plain(text),
    facts: [...facts, ...(names ? [{ name: "For", value: names }] : [])].map(({ name, value }) => ({
      name: oneLine(name),
      value: oneLine(value),
    })),
    url,
    head: head ? `event ${head.seq}, SHA-256 ${head.hash}` : null,
  }
}

/** On one line and without what terminals and headers take for commands. */
export function oneLine(text: string): string {
  return plain(text).replace(/\s+/g, " ").trim()
}

/** Without control characters but line breaks, and without marks that turn the direction of what follows. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, " ")
}

export function shortened(text: string, mostChars: number): string {
  const chars = [...text]
  return chars.length <= mostChars ? text : `${chars.slice(0, mostChars - 1).join("")}…`
}
