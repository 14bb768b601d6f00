import type { ReleaseSnapshot } from "@/lib/contracts/api/snapshot"
import { checklistProgress } from "@/lib/domain/checklist/progress"
import type { Command } from "../command"
import { exits } from "../exits"
import { findReleaseId, readSnapshot, releaseName } from "../find-release"
import { releaseOption } from "../global-options"
import type { Voice } from "../voice"

export const releaseShow: Command = {
  words: ["release", "show"],
  summary: "Show how a release stands",
  positionals: ["RELEASE"],
  options: releaseOption,
  example: "golive release show postd/production@1.1.0",
  check: releaseName,
  async run(call) {
    const snapshot = await readSnapshot(call.api, await findReleaseId(call))
    call.say.json(snapshot)
    showRelease(call.say, snapshot, call.api.baseUrl)
    return exits.ok
  },
}

function showRelease(say: Voice, { release, gate, environment, serverNow }: ReleaseSnapshot, baseUrl: string): void {
  const { total, done, byStatus } = checklistProgress(release, Date.parse(serverNow))
  const signoffs = Object.values(release.signoffs)
  const signed = signoffs.filter((each) => each?.status === "signed").length
  const row = (label: string, text: string) => say.line(`${label.padEnd(13)}${text}`)
  row("Release", `${release.name} (${release.id})`)
  row("Version", `${release.version}, ${release.ref}${release.commit ? ` at ${release.commit.slice(0, 12)}` : ""}`)
  row("For", `${release.service.name}, ${release.environment.name}`)
  row("Status", release.status.replaceAll("_", " "))
  row("Checklist", `${done} of ${total} done${byStatus.failed > 0 ? `, ${byStatus.failed} failed` : ""}`)
  row("Sign-offs", `${signed} of ${signoffs.length} signed`)
  if (release.status === "preparing") row("Gate", gate.go ? "go" : `no: ${gate.blockers.length} in its way`)
  if (release.live) row("Live", release.live.version)
  if (release.verification?.verdict) row("Verdict", release.verification.verdict)
  if (release.rollback) row("Rollback", `${release.rollback.status}: ${release.rollback.reason}`)
  if (environment.lock) row("Locked", `${environment.lock.byName}: ${environment.lock.reason}`)
  row("Page", `${baseUrl}/releases/${release.id}`)
}
