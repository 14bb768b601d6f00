import { readFileSync, statSync } from "node:fs"
import { basename } from "node:path"
import type { Call, Command } from "../command"
import { detectCi, webLink } from "../evidence/detect-ci"
import { evidenceBody, readFact } from "../evidence/evidence-body"
import { findFiles } from "../evidence/find-files"
import { type Finding, joinFindings } from "../evidence/finding"
import { measureSize } from "../evidence/measure-size"
import { addCounts, countTests, findingOfTests } from "../evidence/read-junit"
import { runProgram } from "../evidence/run-program"
import { exits } from "../exits"
import { Fault, UsageFault } from "../fault"
import { findReleaseId, releaseName } from "../find-release"
import { releaseOption } from "../global-options"
import { parseSizeBytes } from "../measures"
import type { OptionSpec } from "../options"
import { sayFault } from "../say-fault"

const LARGEST_REPORT_BYTES = 50_000_000

const options: Record<string, OptionSpec> = {
  ...releaseOption,
  item: { type: "string", required: true, value: "KEY", help: "the checklist item" },
  outcome: {
    type: "string",
    value: "passed|failed",
    help: "decides the item; left out, the evidence is kept beside its proof",
    refuse: (text) => (text === "passed" || text === "failed" ? null : "must be passed or failed"),
  },
  summary: { type: "string", value: "TEXT", help: "one sentence: what was found" },
  text: { type: "string", value: "TEXT", help: "more of it" },
  "text-file": { type: "string", value: "PATH", help: "the same from a file; - is standard input" },
  link: {
    type: "string",
    value: "URL",
    help: "where it can be looked up; the job's page in CI",
    refuse: (text) => (webLink(text) === null ? "must be an http or https address" : null),
  },
  fact: {
    type: "string",
    multiple: true,
    value: "LABEL=VALUE",
    help: "a short fact",
    refuse: (text) => (readFact(text).label && text.includes("=") ? null : "must be label=value"),
  },
  file: { type: "string", multiple: true, value: "PATH", help: "a file, kept beside the proof" },
  source: { type: "string", value: "NAME", help: "the system that found it out; in CI its name" },
  at: {
    type: "string",
    value: "ISO",
    help: "when it was found out; now if left out",
    refuse: (text) =>
      /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
        ? null
        : "must be an instant with its zone, such as 2026-05-01T12:00:00Z",
  },
  junit: { type: "string", multiple: true, value: "FILES", help: "JUnit XML reports: their counts are the outcome" },
  size: { type: "string", multiple: true, value: "FILES", help: "files whose gzipped size is the outcome; with --max" },
  max: {
    type: "string",
    value: "SIZE",
    help: "the most that --size may be: 500KB, 1.5MB, 512KiB",
    refuse: (text) => (parseSizeBytes(text) === null ? "must be a size such as 500KB" : null),
  },
  "from-command": { type: "boolean", help: "the program after -- is run; its exit code is the outcome" },
  "best-effort": { type: "boolean", help: "with a program: its exit code counts, even where nothing could be pushed" },
}

export const evidencePush: Command = {
  words: ["evidence", "push"],
  summary: "Bring evidence to a checklist item",
  options,
  wrapsProgram: true,
  details: [
    "With a program after --, its output passes through and its exit code is the one of this command; where it",
    "succeeded but nothing could be pushed, the exit code says so. With --junit and --size: exit 1 if they failed.",
    "In GitHub Actions and GitLab CI the source, the link, commit and job are taken from the job.",
  ].join("\n"),
  example: "golive evidence push --item build-successful -- npm run build",
  check(call) {
    releaseName(call)
    const { values, commandLine } = call
    const wrong = (message: string) => new UsageFault(message)
    const measured = ["junit", "size"].filter((name) => values.list(name).length > 0)
    if (values.flag("from-command") && !commandLine?.length) throw wrong("--from-command needs a program after --.")
    if (commandLine && commandLine.length === 0) throw wrong("No program stands after --.")
    if (values.flag("best-effort") && !commandLine) throw wrong("--best-effort needs a program after --.")
    if ((measured.length > 0 || commandLine) && values.text("outcome")) {
      throw wrong(`--outcome is decided by ${commandLine ? "the program" : `--${measured[0]}`}.`)
    }
    if (measured.includes("size") !== (values.text("max") !== undefined))
      throw wrong("--size and --max belong together.")
    if (values.text("text") !== undefined && values.text("text-file") !== undefined) {
      throw wrong("--text and --text-file exclude each other.")
    }
    const says = ["outcome", "summary", "text", "text-file", "link"].some((name) => values.text(name) !== undefined)
    const lists = ["fact", "file"].some((name) => values.list(name).length > 0)
    if (!says && !lists && measured.length === 0 && !commandLine) {
      throw wrong("There is nothing to push: say --outcome, --summary, --file, --junit, --size or a program after --.")
    }
  },
  async run(call) {
    const { commandLine, signal, values } = call
    const ended = commandLine ? await runProgram(commandLine, call) : null
    if (signal.aborted) throw new Fault(exits.interrupted, "Interrupted; nothing was pushed.")
    try {
      const outcome = await push(call, ended?.finding ?? null)
      return ended?.exitCode ?? (outcome.measured && outcome.measured !== "passed" ? exits.no : exits.ok)
    } catch (error) {
      if (!ended || !(error instanceof Fault)) throw error
      sayFault(call.say, error)
      return ended.exitCode !== 0 || values.flag("best-effort") ? ended.exitCode : error.exitCode
    }
  },
}

async function push(call: Call, ofProgram: Finding | null): Promise<{ measured: Finding["outcome"] | null }> {
  const { api, env, say, secrets, values } = call
  const findings = [ofProgram, readReports(values.list("junit")), readSizes(call)].filter((each) => each !== null)
  const finding = joinFindings(findings)
  const text = await readText(call)
  const files = values.list("file").map((path) => ({ path, bytes: readBytes(path) }))
  const id = await findReleaseId(call)
  const item = values.text("item") ?? ""
  const base = `/releases/${id}/checklist/${encodeURIComponent(item)}`
  // Files first: once the outcome decides the item, all that belongs to it is there.
  for (const [index, { path, bytes }] of files.entries()) {
    const answer = await api.ask({
      method: "POST",
      path: `${base}/files`,
      query: { name: basename(path) },
      file: { bytes, mediaType: "application/octet-stream" },
      keyPart: `file-${index + 1}`,
      expects: ["release"],
    })
    say.json(answer)
    say.line(`${basename(path)} was brought to ${item}.`)
  }
  const says = ["outcome", "summary", "text", "text-file", "link"].some((name) => values.text(name) !== undefined)
  if (!finding && !says && values.list("fact").length === 0) return { measured: null }
  const body = evidenceBody(values, { finding, text, ci: detectCi(env), secrets })
  const answer = await api.ask({ method: "POST", path: `${base}/evidence`, body, expects: ["release"] })
  say.json(answer)
  say.line(`${item}: ${body.outcome ?? "brought"}. ${body.summary}`, toneOf(body.outcome))
  return { measured: finding?.outcome ?? null }
}

const toneOf = (outcome: string | undefined) =>
  outcome === "passed" ? "good" : outcome === "failed" ? "bad" : "neutral"

function readReports(patterns: readonly string[]): Finding | null {
  const files = patterns.flatMap(findFiles)
  if (files.length === 0) return null
  return findingOfTests(addCounts(files.map((file) => countTests(readBytes(file).toString("utf8"), file))))
}

function readSizes({ values }: Call): Finding | null {
  const maxBytes = parseSizeBytes(values.text("max") ?? "")
  if (maxBytes === null) return null
  return measureSize([...new Set(values.list("size").flatMap(findFiles))], maxBytes)
}

async function readText({ values, stdin }: Call): Promise<string | null> {
  const path = values.text("text-file")
  if (path === undefined) return values.text("text") ?? null
  if (path !== "-") return readBytes(path).toString("utf8")
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString("utf8")
}

function readBytes(path: string): Buffer {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats?.isFile()) throw new Fault(exits.usage, `There is no file ${path}.`)
  if (stats.size > LARGEST_REPORT_BYTES) throw new Fault(exits.usage, `${path} is larger than 50 MB.`)
  return readFileSync(path)
}
