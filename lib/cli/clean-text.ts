const ESC = String.fromCharCode(0x1b)
const CSI = String.fromCharCode(0x9b)
const BEL = String.fromCharCode(0x07)
/** Those that colour or move the cursor; those that set titles and links, ended or not; those of two characters. */
const ESCAPE_SEQUENCES = new RegExp(
  `(?:${ESC}\\[|${CSI})[0-?]*[ -/]*[@-~]|${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)?|${ESC}[@-_]?`,
  "g",
)
const CONTROLS = /(?![\n\t])\p{Cc}/gu
const DIRECTION = /\p{Bidi_Control}/gu

/**
 * Text of others as it may stand in a terminal: no control characters or escape sequences, nothing that turns the
 * direction of writing around. Line breaks and tabs stay.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(ESCAPE_SEQUENCES, "")
    .replace(CONTROLS, "")
    .replace(DIRECTION, "")
    .toWellFormed()
}

/** The same on one line. CI systems read commands out of a job's output: nothing of others may look like one. */
export function cleanLine(text: string): string {
  return cleanText(text)
    .replace(/[\n\t\u2028\u2029]+/g, " ")
    .replace(/##(?=\w*\[)/g, "# #")
    .replace(/^\s*::/, ": :")
}

/** JSON whose strings hold no control characters either: those above ASCII are written as escapes. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
}
