import { short } from "./answer"

/** Text of another server as it may be kept and shown: a store that takes JSON takes no NUL. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, "\ufffd").toWellFormed()
}

/** For one cell. */
export function shortPrintable(text: string, most = 200): string {
  return short(printable(text.slice(0, most * 4)), most)
}
