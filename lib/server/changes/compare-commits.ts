import { isMigration } from "@/lib/domain/changes/migration-paths"
import { type ChangedMigration, type Comparison, judgeMigration } from "@/lib/domain/changes/release-changes"
import { repositoryUrl } from "@/lib/domain/changes/repository-url"
import { hasCommit, mirrorWith } from "@/lib/server/checkout/mirror"
import { runGit } from "@/lib/server/checkout/run-git"

export const MOST_COMMITS = 500
const MOST_MIGRATIONS = 200
const MOST_SQL_BYTES = 1_000_000
/** Between the fields of a commit and between commits: no name or subject holds them, git refuses NUL in both. */
const FORMAT = ["%H", "%s", "%aN", "%aI", "%(trailers:key=Co-authored-by,valueonly,separator=%x1f)"].join("%x00")

interface Wanted {
  repository: string
  from: string
  to: string
  /** Mirrors are kept here. */
  root: string
  signal: AbortSignal
}

/** A commit that the repository has not got, in words for people. */
export class UnknownCommit extends Error {}

/**
 * What two commits of a repository differ in: commits, authors, folders, and migrations with their verdict. Bounded by
 * `MOST_COMMITS`; what is beyond is counted. Rejects with an Error in words, and with `signal.reason`.
 */
export async function compareCommits({ repository, from, to, root, signal }: Wanted): Promise<Comparison> {
  const directory = await mirrorWith([from, to], { repository, root, signal })
  for (const commit of [from, to]) {
    if (!(await hasCommit(directory, commit, signal))) {
      throw new UnknownCommit(`The repository has no commit ${commit.slice(0, 12)}.`)
    }
  }
  const git = (...args: string[]) => runGit(args, { directory, signal })
  const [counts, log, names, status] = await Promise.all([
    git("rev-list", "--left-right", "--count", `${from}...${to}`),
    git("log", "-z", `--format=${FORMAT}`, `--max-count=${MOST_COMMITS}`, `${from}..${to}`, "--"),
    git("shortlog", "--summary", "--numbered", `${from}..${to}`, "--"),
    git("diff", "-z", "--name-status", "--no-renames", "--no-ext-diff", from, to, "--"),
  ])
  const [onlyInFrom = 0, commitCount = 0] = counts.trim().split(/\s+/).map(Number)
  const files = readStatus(status)
  const at = repositoryUrl(repository)
  return {
    ...{ straight: onlyInFrom === 0, onlyInFrom, commitCount },
    commits: readLog(log).map((commit) => ({ ...commit, url: at?.commit(commit.hash) ?? null })),
    authors: readAuthors(names),
    fileCount: files.length,
    folders: byFolder(files.map(({ path }) => path)),
    migrations: await judgeAll(files, (path) => textAt(to, path, git)),
    url: at?.compare(from, to) ?? null,
  }
}

function readLog(text: string) {
  const fields = text.split("\0")
  const commits = []
  for (let at = 0; at + 4 < fields.length; at += 5) {
    const [hash = "", subject = "", author = "", authoredAt = "", others = ""] = fields.slice(at, at + 5)
    const coAuthors = others.split("\x1f").flatMap((other) => other.replace(/<[^>]*>/, "").trim() || [])
    commits.push({ hash, subject, author, authoredAt, coAuthors })
  }
  return commits
}

function readAuthors(text: string) {
  return text
    .split("\n")
    .map((line) => /^\s*(\d+)\t(.*)$/.exec(line))
    .flatMap((found) => (found ? [{ name: found[2] ?? "", commits: Number(found[1]) }] : []))
    .slice(0, 200)
}

function readStatus(text: string): { path: string; change: ChangedMigration["change"] }[] {
  const fields = text.split("\0").filter((field) => field !== "")
  const files = []
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const letter = fields[at]?.[0]
    const change = letter === "A" ? "added" : letter === "D" ? "removed" : "changed"
    files.push({ path: fields[at + 1] ?? "", change } as const)
  }
  return files
}

function byFolder(paths: readonly string[]) {
  const folders = new Map<string, number>()
  for (const path of paths) {
    const folder = path.includes("/") ? path.slice(0, path.indexOf("/")) : "."
    folders.set(folder, (folders.get(folder) ?? 0) + 1)
  }
  return [...folders]
    .map(([path, files]) => ({ path, files }))
    .sort((a, b) => b.files - a.files || a.path.localeCompare(b.path))
    .slice(0, 40)
}

async function judgeAll(
  files: ReturnType<typeof readStatus>,
  read: (path: string) => Promise<string | null>,
): Promise<ChangedMigration[]> {
  const judged: ChangedMigration[] = []
  const migrations = files.filter(({ path }) => isMigration(path))
  for (const [index, { path, change }] of migrations.entries()) {
    const isRead = index < MOST_MIGRATIONS && change === "added"
    const text = isRead && /\.sql$/i.test(path) ? await read(path) : ""
    if (text === null || (change === "added" && !isRead)) {
      judged.push({ path, change, safe: false, why: "it is too long, or one of too many, to be read here" })
    } else judged.push(judgeMigration(path, change, text))
  }
  return judged
}

async function textAt(commit: string, path: string, git: (...args: string[]) => Promise<string>) {
  const size = Number(await git("cat-file", "-s", `${commit}:${path}`))
  return size <= MOST_SQL_BYTES ? git("cat-file", "blob", `${commit}:${path}`) : null
}
