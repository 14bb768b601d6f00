import { basename } from "node:path"
import { BaseSequencer, type TestSpecification } from "vitest/node"

/** In the order in which they are begun: one that is begun last keeps everybody waiting. */
const LONGEST = [
  "sample-service.test.ts",
  "start-local-host.test.ts",
  // Mostly waiting for the engine.
  "conformance.engine.test.ts",
  ...["broken-service", "rollback", "triggers", "crash", "hand-over", "prove", "secrets", "schedule", "deploy"].map(
    (name) => `${name}.integration.test.ts`,
  ),
  ...["ways-back", "watch", "escalation-crash", "authorisation"].map((name) => `${name}.integration.test.ts`),
  "verify-timeline.integration.test.ts",
]

/** Puts the long files of tests first. Without it the order is a matter of the files' sizes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => rank(a.moduleId) - rank(b.moduleId))
  }
}

function rank(path: string): number {
  const at = LONGEST.indexOf(basename(path))
  return at < 0 ? LONGEST.length : at
}
