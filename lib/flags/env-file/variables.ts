/** Lines of NAME=value, as shells, dotenv and container engines read them: of several lines for one name the last counts. */

function linesOf(name: string): RegExp {
  return new RegExp(`^([^\\S\\r\\n]*(?:export[^\\S\\r\\n]+)?${name}[^\\S\\r\\n]*=)([^\\r\\n]*)`, "gm")
}

/** The value of a variable, without its quotes and without a comment behind it; undefined where no line names it. */
export function readVariable(text: string, name: string): string | undefined {
  const rest = [...text.matchAll(linesOf(name))].at(-1)?.[2]?.trim()
  if (rest === undefined) return undefined
  const quoted = /^(["'`])(.*?)\1[^\S\r\n]*(?:#.*)?$/.exec(rest)
  return quoted?.[2] ?? rest.replace(/(^|\s+)#.*$/, "")
}

/**
 * The text with the value in every line that names the variable, or in a new last line. A comment behind the value goes:
 * some readers take it for a part of the value.
 */
export function withVariable(text: string, name: string, value: string): string {
  if (readVariable(text, name) !== undefined) {
    return text.replace(linesOf(name), (_, start: string) => `${start}${value}`)
  }
  const newline = text.includes("\r\n") ? "\r\n" : "\n"
  const before = text === "" || text.endsWith("\n") ? text : `${text}${newline}`
  return `${before}${name}=${value}${newline}`
}
