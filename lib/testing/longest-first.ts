import { BaseSequencer, type TestSpecification } from "vitest/node"

/** Whole go-lives, in the order in which they are begun: one that is begun last keeps everybody waiting. */
const LONGEST = ["crash", "broken-service", "rollback", "hand-over", "prove", "secrets", "schedule", "deploy"]

/** Puts the long files of tests first. Without it the order is a matter of the files' sizes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => rank(a.moduleId) - rank(b.moduleId))
  }
}

function rank(path: string): number {
  const name = /\/workers\/([a-z-]+)\.integration\.test\.ts$/.exec(path)?.[1]
  const at = name === undefined ? -1 : LONGEST.indexOf(name)
  return at < 0 ? LONGEST.length : at
}
