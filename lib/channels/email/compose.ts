import type { SendMailOptions } from "nodemailer"
import type { ChannelMessage } from "../contract"
import { factInWords } from "../parts/instant"
import { oneLine, type Rendered, rendered, shortened } from "../parts/rendered"
import type { EmailConfig } from "./definition"

const SUBJECT_CHARS = 180

/**
 * The mail of a message. Its id is made of the key, so that a copy carries the same and mail servers may drop it; all about
 * one subject refer to one id, which no mail has, and are a thread.
 */
export function compose(config: EmailConfig, message: ChannelMessage): SendMailOptions & { to: string[] } {
  const { key, notification, consoleUrl, head } = message
  const found = rendered(message)
  const host = hostOf(consoleUrl)
  const thread = `<thread-${idPart(notification.subject)}@${host}>`
  return {
    from: { name: oneLine(config.fromName), address: config.from },
    to: recipients(config, message),
    subject: shortened(`${found.severity.mark} ${found.title} (${found.where})`, SUBJECT_CHARS),
    date: new Date(notification.at),
    messageId: `<${idPart(key)}@${host}>`,
    ...{ inReplyTo: thread, references: thread },
    ...(notification.severity === "critical" ? { priority: "high" as const } : {}),
    headers: {
      // Nobody's out-of-office note answers to it.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "X-Golive-Topic": notification.topic,
      ...(head ? { "X-Golive-Chain-Head": `${idPart(head.releaseId)} ${head.seq} ${idPart(head.hash)}` } : {}),
    },
    text: textOf(found),
    html: htmlOf(found),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function recipients({ to, toPeople }: EmailConfig, { people }: ChannelMessage): string[] {
  const all = [...to, ...(toPeople ? people.map(({ email }) => email) : [])]
  return [...new Map(all.map((address) => [address.toLowerCase(), address])).values()]
}

function textOf({ title, severity, where, text, facts, url, head }: Rendered): string {
  const list = facts.map(({ name, value }) => `${name}: ${factInWords(value)}`).join("\n")
  const parts = [`${severity.mark} ${severity.word}: ${title}\n${where}`, text, list, `Open in Golive: ${url}`]
  return [...parts, ...(head ? [`-- \nRecord: ${head}`] : [])].filter(Boolean).join("\n\n")
}

const colors: Record<string, string> = { Critical: "#b42318", Warning: "#93370d", Good: "#067647", Info: "#175cd3" }

/** Plain enough for every mail program: one column, no pictures, nothing that is loaded from elsewhere. */
function htmlOf({ title, severity, where, text, facts, url, head }: Rendered): string {
  const muted = "color:#667085;font-size:13px;line-height:20px"
  const rows = facts.map(
    ({ name, value }) =>
      `<tr><td style="padding:2px 16px 2px 0;vertical-align:top;${muted}">${html(name)}</td><td style="padding:2px 0;font-size:14px;line-height:20px">${html(factInWords(value))}</td></tr>`,
  )
  const color = colors[severity.word] ?? "#344054"
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${html(title)}</title></head>
<body style="margin:0;padding:24px;font-family:system-ui,-apple-system,'Segoe UI',sans-serif"><div style="max-width:560px;margin:0 auto">
<p style="margin:0 0 4px;font-size:13px;line-height:20px;font-weight:600;color:${color}">${severity.mark} ${severity.word}</p>
<h1 style="margin:0 0 4px;font-size:20px;line-height:28px;font-weight:600">${html(title)}</h1>
<p style="margin:0 0 16px;${muted}">${html(where)}</p>
${text ? `<p style="margin:0 0 16px;font-size:15px;line-height:24px">${html(text).replace(/\n/g, "<br>")}</p>` : ""}
${rows.length > 0 ? `<table role="presentation" cellspacing="0" cellpadding="0" style="margin:0 0 16px;border-collapse:collapse">${rows.join("")}</table>` : ""}
<p style="margin:0 0 24px"><a href="${html(url)}" style="font-size:15px;line-height:24px;font-weight:600;color:#175cd3">Open in Golive</a></p>
${head ? `<p style="margin:0;${muted}">Record: ${html(head)}</p>` : ""}
</div></body></html>`
}

export function html(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;")
}

const idPart = (text: string) => text.replace(/[^A-Za-z0-9-]/g, "")

function hostOf(consoleUrl: string): string {
  const host = URL.canParse(consoleUrl) ? new URL(consoleUrl).hostname : ""
  return host.replace(/[^A-Za-z0-9.:[\]-]/g, "") || "golive.invalid"
}
