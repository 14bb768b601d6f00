type Step = string | number

const NAME = /\.([A-Za-z_$][\w$-]*)/y
const INDEX = /\[\s*(-?\d{1,9})\s*\]/y
const QUOTED = /\[\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*\]/y

/**
 * The part of JSONPath that points at one value: `$.a.b`, `$['a b']`, `$.list[0]`, `$.list[-1]`. Throws a SyntaxError that
 * says where it no longer understands.
 */
export function parseJsonPath(path: string): Step[] {
  if (!path.startsWith("$")) throw new SyntaxError(`"${path}" must begin with $`)
  const steps: Step[] = []
  let at = 1
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(path)
    if (found) at = pattern.lastIndex
    return found
  }
  while (at < path.length) {
    const name = take(NAME)
    const index = name ? null : take(INDEX)
    const quoted = name || index ? null : take(QUOTED)
    if (name?.[1] !== undefined) steps.push(name[1])
    else if (index?.[1] !== undefined) steps.push(Number(index[1]))
    else if (quoted) steps.push((quoted[1] ?? quoted[2] ?? "").replace(/\\(.)/g, "$1"))
    else {
      const rest = path.slice(at, at + 20)
      throw new SyntaxError(`"${path}": only names, indices and quoted names are understood, not "${rest}"`)
    }
  }
  return steps
}

/** The value at a path that `parseJsonPath` let through. Only what the JSON itself holds is found. */
export function readJsonPath(value: unknown, steps: readonly Step[]): { found: boolean; value: unknown } {
  let current = value
  for (const step of steps) {
    const key = Array.isArray(current) && typeof step === "number" && step < 0 ? current.length + step : step
    const fits = Array.isArray(current) ? typeof key === "number" : typeof key === "string"
    if (current === null || typeof current !== "object" || !fits || !Object.hasOwn(current, key)) {
      return { found: false, value: undefined }
    }
    current = (current as Record<Step, unknown>)[key]
  }
  return { found: true, value: current }
}
