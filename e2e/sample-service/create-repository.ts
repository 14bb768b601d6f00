import { execFile } from "node:child_process"
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

const run = promisify(execFile)

export const SAMPLE_VERSIONS = ["v1.0.0", "v1.1.0", "v1.2.0"] as const
export type SampleVersion = (typeof SAMPLE_VERSIONS)[number]

export type SampleRepository = {
  directory: string
  /** The commit of each tag. */
  refs: Record<SampleVersion, string>
  /** A bare repository beside `directory`; the remote `origin`. */
  originDirectory: string
}

const SOURCE = fileURLToPath(new URL("./source", import.meta.url))
const VERSIONS = fileURLToPath(new URL("./versions", import.meta.url))
const NOT_IN_HISTORY = new Set(["dist", "node_modules", ".env"])

/**
 * Makes the sample service's git repository at `directory`, with its bare origin at `<directory>.origin.git`.
 * If the repository is there already, only its refs are read. Authors and dates are fixed, so equal sources give equal
 * commits. Throws if `directory` holds something else.
 */
export async function createSampleRepository(input: { directory: string }): Promise<SampleRepository> {
  const directory = resolve(input.directory)
  const originDirectory = `${directory}.origin.git`
  let refs = await readRefs(directory)
  if (!refs) {
    await makeRepository(directory)
    refs = await readRefs(directory)
    if (!refs) throw new Error(`${directory} was made but its tags cannot be read`)
  }
  await ensureOrigin(directory, originDirectory)
  return { directory, refs, originDirectory }
}

/** Built in a folder beside and renamed when whole: a process that dies in between leaves nothing half made. */
async function makeRepository(directory: string): Promise<void> {
  const draft = join(dirname(directory), `.${basename(directory)}.draft-${process.pid}`)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  try {
    await git(draft, ["init", "--quiet", "--initial-branch=main"])
    await copyTemplate(draft)
    await commit(draft, "Scaffold the project", "2025-10-06T13:00:00Z", [
      "package.json",
      "README.md",
      ".gitignore",
      "scripts",
    ])
    await commit(draft, "Serve pages, accounts, OAuth and metrics", "2025-10-20T15:30:00Z")
    await tag(draft, "v1.0.0", "2025-10-20T15:30:00Z")
    await applyVersion(draft, "v1.1.0")
    await commit(draft, "List planned posts", "2025-11-03T16:10:00Z", ["src", "test"])
    await commit(draft, "Release 1.1.0", "2025-11-04T14:00:00Z")
    await tag(draft, "v1.1.0", "2025-11-04T14:00:00Z")
    await applyVersion(draft, "v1.2.0")
    await commit(draft, "Check connections before they are used again", "2025-11-10T17:45:00Z", ["src"])
    await commit(draft, "Release 1.2.0", "2025-11-11T14:00:00Z")
    await tag(draft, "v1.2.0", "2025-11-11T14:00:00Z")
    await rename(draft, directory)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Another process may have been faster: its repository is as good.
    if (!(await readRefs(directory))) throw error
  }
}

async function copyTemplate(directory: string): Promise<void> {
  for (const entry of await readdir(SOURCE)) {
    if (NOT_IN_HISTORY.has(entry)) continue
    await cp(join(SOURCE, entry), join(directory, entry), { recursive: true })
  }
}

async function applyVersion(directory: string, version: SampleVersion): Promise<void> {
  await cp(join(VERSIONS, version), directory, { recursive: true })
  const path = join(directory, "package.json")
  const manifest = await readFile(path, "utf8")
  await writeFile(path, manifest.replace(/"version": "[^"]+"/, `"version": "${version.slice(1)}"`))
}

async function ensureOrigin(directory: string, originDirectory: string): Promise<void> {
  const pushed = await git(originDirectory, ["rev-parse", "--verify", "--quiet", "main"]).catch(() => null)
  if (!pushed) {
    await git(dirname(originDirectory), ["init", "--quiet", "--bare", "--initial-branch=main", originDirectory])
  }
  const remotes = await git(directory, ["remote"])
  const setUrl = remotes.split("\n").includes("origin") ? ["remote", "set-url"] : ["remote", "add"]
  await git(directory, [...setUrl, "origin", originDirectory])
  if (!pushed) await git(directory, ["push", "--quiet", "--set-upstream", "origin", "main", "--tags"])
}

/** Null where `directory` is not the sample repository. */
async function readRefs(directory: string): Promise<SampleRepository["refs"] | null> {
  const shas: string[] = []
  for (const version of SAMPLE_VERSIONS) {
    // The path of .git is named, so that a repository further up is never taken for this one.
    const sha = await git(directory, [
      `--git-dir=${join(directory, ".git")}`,
      "rev-parse",
      "--verify",
      "--quiet",
      `refs/tags/${version}^{commit}`,
    ]).catch(() => null)
    if (!sha) return null
    shas.push(sha)
  }
  const [first = "", second = "", third = ""] = shas
  return { "v1.0.0": first, "v1.1.0": second, "v1.2.0": third }
}

async function commit(directory: string, message: string, at: string, paths = ["."]): Promise<void> {
  await git(directory, ["add", "--", ...paths])
  await git(directory, ["commit", "--quiet", "--message", message], at)
}

async function tag(directory: string, name: SampleVersion, at: string): Promise<void> {
  await git(directory, ["tag", "--annotate", name, "--message", `POSTD ${name.slice(1)}`], at)
}

/** Runs git without the settings of the machine or the person, which would change the commits. */
async function git(cwd: string, args: string[], at?: string): Promise<string> {
  const settings = ["-c", "core.autocrlf=false", "-c", "core.fileMode=false", "-c", "commit.gpgSign=false"]
  const { stdout } = await run("git", [...settings, "-c", "tag.gpgSign=false", ...args], {
    cwd,
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "POSTD Team",
      GIT_AUTHOR_EMAIL: "team@postd.example",
      GIT_COMMITTER_NAME: "POSTD Team",
      GIT_COMMITTER_EMAIL: "team@postd.example",
      ...(at ? { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at } : {}),
    },
  })
  return stdout.trim()
}
