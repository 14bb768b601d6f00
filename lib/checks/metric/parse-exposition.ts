export interface ExpositionSample {
  name: string
  labels: ReadonlyMap<string, string>
  /** May be NaN or infinite. */
  value: number
}

/**
 * The samples of a page in Prometheus' text format or OpenMetrics; times and exemplars are passed over. Throws an Error that
 * names the first line that is none.
 */
export function parseExposition(text: string): ExpositionSample[] {
  return text.split("\n").flatMap((raw, index) => {
    const line = raw.trim()
    if (line === "" || line.startsWith("#")) return []
    const sample = new Line(line).sample()
    if (!sample) throw new Error(`line ${index + 1} is no sample: ${line.slice(0, 80)}`)
    return [sample]
  })
}

const NAME = /[A-Za-z_:][A-Za-z0-9_:]*/y
const QUOTED = /"((?:[^"\\]|\\.)*)"/y
const SPACE = /[ \t]*/y
const VALUE = /([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?inf(?:inity)?|nan)(?=[ \t]|$)/iy
const REST = /(?:[ \t]+-?\d+(?:\.\d+)?)?(?:[ \t]+#.*)?[ \t]*$/y

/** One line, read from left to right. */
class Line {
  private at = 0

  constructor(private readonly text: string) {}

  sample(): ExpositionSample | null {
    let name = this.take(NAME)?.[0]
    const labels = new Map<string, string>()
    this.take(SPACE)
    if (this.text[this.at] === "{") {
      this.at += 1
      const inBraces = this.labels(labels)
      if (!inBraces || (name !== undefined && inBraces.name !== undefined)) return null
      name ??= inBraces.name
    }
    this.take(SPACE)
    const value = this.take(VALUE)?.[1]
    if (name === undefined || value === undefined || !this.take(REST)) return null
    return { name, labels, value: numberOf(value) }
  }

  /** Up to the closing brace. A name that is no plain one stands in there, in quotes and without a value. */
  private labels(labels: Map<string, string>): { name?: string } | null {
    let name: string | undefined
    for (;;) {
      this.take(SPACE)
      if (this.text[this.at] === "}") {
        this.at += 1
        return name === undefined ? {} : { name }
      }
      const quoted = this.take(QUOTED)
      const label = quoted ? withoutEscapes(quoted[1] ?? "") : this.take(NAME)?.[0]
      if (label === undefined) return null
      this.take(SPACE)
      if (this.text[this.at] === "=") {
        this.at += 1
        this.take(SPACE)
        const value = this.take(QUOTED)
        if (!value) return null
        labels.set(label, withoutEscapes(value[1] ?? ""))
      } else if (quoted && name === undefined) name = label
      else return null
      this.take(SPACE)
      if (this.text[this.at] === ",") this.at += 1
      else if (this.text[this.at] !== "}") return null
    }
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found) this.at = pattern.lastIndex
    return found
  }
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(.)/g, (whole, char: string) =>
    char === "n" ? "\n" : char === '"' || char === "\\" ? char : whole,
  )
}

function numberOf(text: string): number {
  const word = text.toLowerCase()
  if (word === "nan") return Number.NaN
  if (word.includes("inf")) return word.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(text)
}
