const ESC = "\u001b"
/** Control characters but tab and the two that end lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
const COLOUR = /^[\d;:]*$/
const LONGEST_COLOUR = 64
/** A string sequence that nobody ends would swallow all that follows. */
const LONGEST_STRING = 4_096

type State = "text" | "escape" | "csi" | "string" | "string escape"

/**
 * Makes a program's output harmless in a terminal and in a page: colours stay, everything else that moves the cursor,
 * sets titles or talks to the terminal goes. Sequences may be cut at any place between two calls.
 */
export class TerminalFilter {
  private state: State = "text"
  private parameters = ""
  private swallowed = 0

  push(text: string): string {
    let out = ""
    let at = 0
    while (at < text.length) {
      if (this.state === "text") {
        CONTROL.lastIndex = at
        const found = CONTROL.exec(text)
        out += text.slice(at, found?.index ?? text.length)
        if (!found) break
        this.begin(found[0])
        at = found.index + 1
        continue
      }
      const char = text.charAt(at)
      const step = this.inside(char)
      out += step.out
      if (step.taken) at += 1
    }
    return out
  }

  private begin(control: string): void {
    if (control === ESC) this.state = "escape"
    else if (control === "\u009b") this.enterCsi()
    else if ("\u0090\u0098\u009d\u009e\u009f".includes(control)) this.enterString()
  }

  /** `taken: false`: the character is looked at again in the new state. */
  private inside(char: string): { out: string; taken: boolean } {
    if (this.state === "escape") return this.afterEscape(char)
    if (this.state === "csi") return this.inCsi(char)
    return this.inString(char)
  }

  private afterEscape(char: string): { out: string; taken: boolean } {
    if (char === "[") this.enterCsi()
    else if ("]PX^_".includes(char)) this.enterString()
    else if (char >= " " && char <= "/") return { out: "", taken: true }
    else this.state = "text"
    return { out: "", taken: char >= " " }
  }

  private inCsi(char: string): { out: string; taken: boolean } {
    if (char >= " " && char <= "?") {
      this.parameters += char
      if (this.parameters.length > LONGEST_COLOUR) this.state = "text"
      return { out: "", taken: true }
    }
    this.state = "text"
    const isColour = char === "m" && COLOUR.test(this.parameters)
    return { out: isColour ? `${ESC}[${this.parameters}m` : "", taken: char >= "@" && char <= "~" }
  }

  private inString(char: string): { out: string; taken: boolean } {
    if (this.state === "string escape") {
      this.state = char === "\\" ? "text" : "escape"
      return { out: "", taken: char === "\\" }
    }
    this.swallowed += 1
    if (char === "\u0007" || char === "\u009c") this.state = "text"
    else if (char === ESC) this.state = "string escape"
    else if (char === "\n" || this.swallowed > LONGEST_STRING) {
      this.state = "text"
      return { out: "", taken: false }
    }
    return { out: "", taken: true }
  }

  private enterCsi(): void {
    this.state = "csi"
    this.parameters = ""
  }

  private enterString(): void {
    this.state = "string"
    this.swallowed = 0
  }
}
