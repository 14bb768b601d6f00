/** Shorter texts are everywhere: taking them out would leave nothing to read. */
export const SHORTEST_SECRET = 4
/** A part of a secret that is shorter says too little to be one by itself. */
export const SHORTEST_PART = 8
/** Past this a secret is a document: what is not usually done with documents is left out. */
const LONGEST_ENCODED = 4_096
const PEM_FRAME = /^-----(BEGIN|END) [A-Z0-9 ]+-----$/

/**
 * The texts that stand for secrets in output: themselves, each long line of them, and both as they look in JSON, HTML,
 * addresses, hexadecimal and base64 (by itself and inside of something longer). Without line breaks: whoever looks for them
 * passes over line breaks in the output as well.
 */
export function formsOf(secrets: readonly string[]): string[] {
  const forms = new Set<string>()
  for (const raw of secrets) {
    const secret = raw.toWellFormed().trim()
    if (secret.replace(/\s/g, "").length < SHORTEST_SECRET) continue
    for (const form of [...formsOfOne(secret), ...lastOf(secret)]) forms.add(withoutBreaks(form))
    for (const line of longLines(secret)) {
      for (const form of [line, ...inAddresses(line), ...inHtml(line)]) forms.add(form)
    }
  }
  return [...forms].filter((form) => form.length >= SHORTEST_SECRET)
}

function formsOfOne(secret: string): string[] {
  const windows = secret.includes("\n") ? [secret.replace(/\r?\n/g, "\r\n")] : []
  const texts = [secret, secret.replace(/\s+/g, " "), ...windows]
  const more = secret.length > LONGEST_ENCODED ? [] : texts.flatMap((text) => [...inAddresses(text), ...inHtml(text)])
  return [...texts, ...texts.flatMap((text) => [...inJson(text), ...inBytes(text)]), ...more]
}

/** The end of a secret whose beginning was cut off. */
function lastOf(secret: string): string[] {
  const last = secret.slice(Math.ceil(secret.length / 4)).toWellFormed()
  return last.length >= SHORTEST_PART ? [last, JSON.stringify(last).slice(1, -1)] : []
}

function longLines(secret: string): string[] {
  if (!/[\r\n]/.test(secret)) return []
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim())
  return lines.filter((line) => line.length >= SHORTEST_PART && !PEM_FRAME.test(line))
}

function inJson(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1)
  const twice = JSON.stringify(json).slice(1, -1)
  const ascii = (given: string, upper: boolean) => given.replace(/[^\x20-\x7e]/g, (char) => unicodeEscape(char, upper))
  const careful = (given: string) => given.replace(/[<>&']/g, (char) => unicodeEscape(char, false))
  return [
    ...[json, twice, json.replaceAll("/", "\\/"), careful(json)],
    ...[ascii(json, false), ascii(json, true), ascii(json, false).replaceAll("/", "\\/"), careful(ascii(json, false))],
  ]
}

function unicodeEscape(char: string, upper: boolean): string {
  const hex = char.charCodeAt(0).toString(16).padStart(4, "0")
  return `\\u${upper ? hex.toUpperCase() : hex}`
}

/** What each habit of percent-encoding leaves as it is. */
const KEPT_IN_ADDRESSES = [
  /[A-Za-z0-9\-_.!~*'()]/,
  /[A-Za-z0-9\-_.~]/,
  /[A-Za-z0-9\-_.~/]/,
  /[A-Za-z0-9*\-._]/,
  /[A-Za-z0-9\-_.!~*'();/?:@&=+$,#]/,
  /[^\0- "#<>?`{}^\x7f-\uffff]/,
  /[^\0- "#<>\x7f-\uffff]/,
  /[^\0- "#<>'\x7f-\uffff]/,
  /[^\0- "#<>?`{}/:;=@[\\\]^|\x7f-\uffff]/,
]

function inAddresses(text: string): string[] {
  const forms = new Set<string>()
  for (const kept of KEPT_IN_ADDRESSES) {
    const upper = percentEncoded(text, kept)
    const lower = upper.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())
    for (const form of [upper, lower]) {
      forms.add(form)
      forms.add(form.replaceAll("%20", "+"))
    }
  }
  return [...forms]
}

function percentEncoded(text: string, kept: RegExp): string {
  let out = ""
  for (const char of text) {
    if (char.length === 1 && kept.test(char)) out += char
    else for (const byte of Buffer.from(char)) out += `%${byte.toString(16).toUpperCase().padStart(2, "0")}`
  }
  return out
}

function inHtml(text: string): string[] {
  const basic = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
  const quotes = ["&quot;", "&#34;", "&#x22;"]
  const ticks = ["&#39;", "&#x27;", "&apos;", "&#039;"]
  return [
    basic,
    ...quotes.flatMap((quote) => [
      basic.replaceAll('"', quote),
      ...ticks.map((tick) => basic.replaceAll('"', quote).replaceAll("'", tick)),
    ]),
  ]
}

function inBytes(text: string): string[] {
  const bytes = Buffer.from(text)
  const hex = bytes.toString("hex")
  const whole = [bytes.toString("base64"), bytes.toString("base64url")]
  return [hex, hex.toUpperCase(), ...whole, ...[0, 1, 2].flatMap((before) => insideBase64(bytes, before))]
}

/** The characters that these bytes alone decide when `before` bytes (modulo 3) stand in front of them. */
function insideBase64(bytes: Buffer, before: number): string[] {
  const from = Math.ceil((before * 8) / 6)
  const to = Math.floor(((before + bytes.length) * 8) / 6)
  const padded = Buffer.concat([Buffer.alloc(before), bytes])
  return [padded.toString("base64").slice(from, to), padded.toString("base64url").slice(from, to)]
}

export function withoutBreaks(text: string): string {
  return text.replace(/[\r\n]/g, "")
}
