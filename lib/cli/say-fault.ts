import type { Fault } from "./fault"
import type { Voice } from "./voice"

/** On stderr for people; where stdout is for JSON, the console's own answer goes there. */
export function sayFault(say: Voice, fault: Fault): void {
  if (fault.more.problem !== undefined) say.json(fault.more.problem)
  say.trouble(fault.message)
  for (const line of fault.more.lines ?? []) say.trouble(`  ${line}`)
}
