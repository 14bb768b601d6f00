import { join } from "node:path"
import type { StepWork } from "@/lib/contracts/runs"
import { decideReverted } from "@/lib/domain/rollback/decide-reverted"
import { env } from "@/lib/server/env"
import { revertRange } from "@/lib/server/revert/revert-range"
import { messageOf } from "../runtime/error-words"
import type { RunContext } from "../runtime/run-context"
import type { StepAttempt, StepOutcome } from "../runtime/step-outcome"
import { factsBlock } from "./facts-block"
import type { RunEnvironment } from "./run-environment"

type RevertWork = Extract<StepWork, { type: "revert" }>

/**
 * Takes the release's commits back in its repository. Done again it finds what was pushed, so after an interruption it is
 * simply made again.
 */
export async function carryOutRevert(
  context: RunContext,
  environment: RunEnvironment,
  work: RevertWork,
  { signal, log }: StepAttempt,
): Promise<StepOutcome> {
  const { repository } = environment.config
  try {
    const done = await revertRange({
      ...{ repository, root: join(env().WORK_DIR, "mirrors"), mode: work.mode, base: work.base, branch: work.branch },
      ...{ from: work.from, to: work.to, mark: work.mark, message: work.message, author: work.author, signal },
      log: (words) => log("info", `${words}\n`),
    })
    if (done.outcome === "conflict") {
      const files = done.files.slice(0, 20).join(", ")
      const summary = `It cannot be taken back without a person: ${done.files.length === 1 ? "a file was" : `${done.files.length} files were`} changed again since (${files}). Nothing was pushed.`
      return { status: "failed", summary, blocks: [], kind: "revert", final: true }
    }
    const { commit, branch, files } = done
    return {
      status: "passed",
      summary: `${done.outcome === "found" ? "Found pushed already" : "Pushed"}: ${branch} at ${commit.slice(0, 12)}, ${files} files as they were before`,
      blocks: [
        factsBlock([
          { label: "Branch", value: branch },
          { label: "Commit", value: commit },
          { label: "Files", value: String(files) },
        ]),
      ],
      kind: "revert",
      also: ({ state }) => decideReverted(state, { runId: context.run.id, commit, branch }, context.actor),
    }
  } catch (error) {
    signal.throwIfAborted()
    return { status: "failed", summary: messageOf(error), blocks: [], kind: "revert" }
  }
}
