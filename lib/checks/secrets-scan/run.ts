import { createHash } from "node:crypto"
import { setImmediate as nextTurn } from "node:timers/promises"
import type { EvidenceBlock } from "@/lib/contracts/evidence"
import { judged, short } from "../answer"
import type { CheckPorts, CheckRunner, Expectation } from "../ports"
import { printable } from "../printable"
import { checkSizeBytes } from "../size"
import { type SecretsScanConfig, secretsScanConfigSchema } from "./definition"
import { findSecrets, type Secret } from "./find-secrets"
import { readHistory } from "./read-history"
import { listTracked, readText, type Skipped } from "./tracked-files"

/** More are counted, not listed. */
const MOST_LISTED = 100

/** `commit`: it is not in the files any more, this commit added it. */
type Finding = Secret & { commit?: string }

/** What is found is told by its place, its rule and its fingerprint. The secret itself appears nowhere. */
export const run: CheckRunner = async (rawConfig, ports) => {
  const config = secretsScanConfigSchema.parse(rawConfig)
  const root = await ports.directory()
  const skipped: Skipped = { binary: 0, large: 0 }
  const findings: Finding[] = []
  const largestBytes = checkSizeBytes(config.largestFile)
  let files = 0
  for (const name of await listTracked(root, config, ports)) {
    ports.signal.throwIfAborted()
    const text = await readText(root, name, largestBytes, skipped)
    if (text === null) continue
    files += 1
    findings.push(...(await findSecrets(name, text)))
  }
  const commits = config.history ? await scanHistory(config, config.history, findings, ports) : null

  const allowed = new Map<Finding, string>()
  for (const finding of findings) {
    const reason = whyAllowed(finding, config, ports)
    if (reason !== null) allowed.set(finding, reason)
  }
  const bad = findings.filter((finding) => !allowed.has(finding))
  const looked = `${files} ${files === 1 ? "file" : "files"}${commits === null ? "" : ` and ${commits} commits`}`
  ports.log("info", `${looked} looked at, ${skipped.binary} binary and ${skipped.large} large ones skipped\n`)
  const where = skipped.binary + skipped.large > 0 ? `${looked} (${skipped.binary + skipped.large} skipped)` : looked
  return judged(judge(bad, files, config), show({ bad, allowed, files, commits, skipped }), {
    passed: `No secrets in ${where}`,
  })
}

async function scanHistory(
  config: SecretsScanConfig,
  most: number,
  findings: Finding[],
  ports: CheckPorts,
): Promise<number> {
  const known = new Set(findings.map(({ fingerprint }) => fingerprint))
  const seen = new Set<string>()
  for await (const { commit, file, text, lines } of readHistory(config, most, ports)) {
    seen.add(commit)
    for (const secret of await findSecrets(file, text)) {
      // What is still there is found there; what came and went several times is told once.
      if (known.has(secret.fingerprint)) continue
      known.add(secret.fingerprint)
      findings.push({ ...secret, line: lines[secret.line - 1] ?? secret.line, commit })
    }
    await nextTurn(undefined, { signal: ports.signal })
  }
  return seen.size
}

function whyAllowed({ fingerprint, text }: Finding, { allow = [] }: SecretsScanConfig, ports: CheckPorts) {
  for (const entry of allow) {
    if (entry.fingerprint === fingerprint) return entry.reason
    if (entry.pattern === undefined) continue
    const answer = ports.match(entry.pattern, text)
    if ("error" in answer) throw new Error(`What is allowed by ${short(entry.pattern, 80)}: ${answer.error}`)
    if (answer.matched) return entry.reason
  }
  return null
}

function judge(bad: Finding[], files: number, config: SecretsScanConfig): Expectation[] {
  if (files === 0) {
    const expected = config.files ? `at least one of ${config.files.join(", ")}` : "at least one that git tracks"
    return [{ what: "Files looked at", expected, actual: "none", ok: false }]
  }
  if (bad.length === 0) return [{ what: "Secrets", expected: "none", actual: "none", ok: true }]
  const listed = bad.slice(0, MOST_LISTED).map((finding): Expectation => {
    const what = finding.commit ? `${printable(finding.file)} (in its history)` : printable(finding.file)
    const actual = `${finding.rule}, fingerprint ${finding.fingerprint}`
    return { what, expected: "no secret", actual, ok: false }
  })
  if (bad.length === listed.length) return listed
  // Which ones they are is part of what was found: signatures hang on it.
  const rest = bad.slice(MOST_LISTED).map(({ file, rule, fingerprint }) => `${file}\0${rule}\0${fingerprint}`)
  const hash = createHash("sha256").update(rest.sort().join("\n")).digest("hex").slice(0, 8)
  return [...listed, { what: "More secrets", expected: "none", actual: `${rest.length} (${hash})`, ok: false }]
}

interface Seen {
  bad: Finding[]
  allowed: Map<Finding, string>
  files: number
  commits: number | null
  skipped: Skipped
}

function show({ bad, allowed, files, commits, skipped }: Seen): EvidenceBlock[] {
  const fact = (label: string, value: number) => ({ label, value: String(value), verdict: "neutral" as const })
  const facts = [
    fact("Files looked at", files),
    fact("Binary files skipped", skipped.binary),
    fact("Large files skipped", skipped.large),
    ...(commits === null ? [] : [fact("Commits that added lines", commits)]),
  ]
  const blocks: EvidenceBlock[] = [{ type: "facts", facts }]
  const row = ({ file, line, rule, text, fingerprint, commit }: Finding) => {
    const place = `${printable(file)}:${line}${commit ? ` in ${commit.slice(0, 12)}` : ""}`
    return [place, rule, `${text.length} characters`, fingerprint]
  }
  const columns = ["Where", "Rule", "Secret", "Fingerprint"]
  if (bad.length > 0) {
    const rows = bad.slice(0, MOST_LISTED).map(row)
    blocks.push({ type: "table", title: "Secrets", columns, rows, verdicts: rows.map(() => "bad" as const) })
  }
  if (allowed.size > 0) {
    const rows = [...allowed].slice(0, MOST_LISTED).map(([finding, reason]) => [...row(finding), reason])
    blocks.push({ type: "table", title: "Allowed", columns: [...columns, "Because"], rows })
  }
  return blocks
}
