import type { ChannelMessage } from "../contract"
import { factInWords, instantMs } from "./instant"
import { rendered, shortened } from "./rendered"

/** Limits of Slack's blocks, in characters. */
const HEADER_CHARS = 150
const SECTION_CHARS = 3_000
const FIELD_CHARS = 2_000
const MOST_FIELDS = 10

/**
 * A message in Slack's blocks, and the same as a text for where blocks are not shown. Links only: nothing is decided in a
 * chat. `verbatim` keeps names and mentions in what people wrote from becoming links.
 */
export function slackMessage(message: ChannelMessage): Record<string, unknown> {
  const { title, severity, where, text, facts, url } = rendered(message)
  const words = `${severity.mark} ${title}`
  return {
    text: `${escaped(shortened(words, SECTION_CHARS))} (${escaped(where)}) <${addressed(url)}|Open>`,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "header", text: { type: "plain_text", text: shortened(words, HEADER_CHARS), emoji: false } },
      ...(text ? [{ type: "section", text: mrkdwn(cut(text, SECTION_CHARS)) }] : []),
      ...(facts.length > 0 ? [{ type: "section", fields: facts.slice(0, MOST_FIELDS).map(field) }] : []),
      {
        type: "context",
        // The same for every attempt: who reads along can tell a copy by it.
        block_id: message.key,
        elements: [mrkdwn(`${severity.word} · ${cut(where, FIELD_CHARS)} · <${addressed(url)}|Open in Golive>`)],
      },
    ],
  }
}

const mrkdwn = (text: string) => ({ type: "mrkdwn", text, verbatim: true })

function field({ name, value }: { name: string; value: string }) {
  const ms = instantMs(value)
  // Slack shows it in the zone of whoever reads it.
  const words =
    ms === null
      ? cut(value, FIELD_CHARS - 200)
      : `<!date^${Math.floor(ms / 1_000)}^{date_short_pretty} {time}|${factInWords(value)}>`
  return mrkdwn(`*${cut(name, 100)}*\n${words}`)
}

/** Shortened so that it still fits once it is escaped, and never in the middle of an escape. */
function cut(text: string, mostChars: number): string {
  let most = mostChars
  let short = escaped(shortened(text, most))
  while (short.length > mostChars) {
    most -= short.length - mostChars
    short = escaped(shortened(text, Math.max(1, most)))
  }
  return short
}

/** The three characters that mean something to Slack. */
export function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
}

/** An address within angle brackets, where a bar would end it. */
function addressed(url: string): string {
  return escaped(url).replace(/\|/g, "%7C")
}
