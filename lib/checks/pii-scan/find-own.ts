import { short } from "../answer"
import type { CheckPorts } from "../ports"
import type { OwnPattern } from "./definition"
import type { Hit } from "./kinds"

/**
 * What patterns of the config find, once a line. Somebody wrote them, so they run where they can be stopped. Throws an
 * Error in words where one cannot be used: then nobody knows.
 */
export function findOwn(text: string, patterns: readonly OwnPattern[], most: number, ports: CheckPorts): Hit[] {
  return patterns.flatMap(({ name, pattern }) => {
    const hits: Hit[] = []
    // Every search begins at a line, so that what stands before a place is what it was.
    for (let line = 0; line < text.length && hits.length < most; ) {
      const value = matchOf(name, pattern, text.slice(line), ports)
      if (value === null) break
      const index = text.indexOf(value, line)
      // A pattern may take the blanks, and the line break, around what it is for.
      const blanks = value.length - value.trimStart().length
      hits.push({ kind: name, index: index + blanks, value: value.trim() })
      const next = text.indexOf("\n", index + value.length - 1)
      if (next === -1) break
      line = next + 1
    }
    return hits
  })
}

function matchOf(name: string, pattern: string, text: string, ports: CheckPorts): string | null {
  const answer = ports.match(pattern, text)
  if ("error" in answer) throw new Error(`The pattern of “${short(name, 60)}”: ${answer.error}`)
  if (answer.matched && !answer.excerpt?.trim())
    throw new Error(`The pattern of “${short(name, 60)}” also matches nothing at all`)
  return answer.excerpt
}
