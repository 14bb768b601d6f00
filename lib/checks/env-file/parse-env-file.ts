const ENTRY =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(?:'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|`([^`]*)`|([^\r\n#'"`][^\r\n]*)?)[^\r\n]*$/gm
const ESCAPED: Record<string, string> = { n: "\n", r: "\r", t: "\t" }

/** Names and values as dotenv reads them: quotes, comments, `export`, values over several lines; the last one counts. */
export function parseEnvFile(text: string): Map<string, string> {
  const settings = new Map<string, string>()
  for (const [, name = "", single, double, backtick, bare] of text.replace(/\r\n?/g, "\n").matchAll(ENTRY)) {
    settings.set(name, single ?? unescaped(double) ?? backtick ?? withoutComment(bare))
  }
  return settings
}

function unescaped(text: string | undefined): string | undefined {
  return text?.replace(/\\([\s\S])/g, (whole, char: string) => ESCAPED[char] ?? (/["\\$]/.test(char) ? char : whole))
}

/** A number sign begins a comment where it stands at the front or after a space. */
function withoutComment(text = ""): string {
  return text.replace(/\s#.*$/, "").trim()
}
