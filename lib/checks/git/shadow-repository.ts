import { copyFile, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import type { CheckPorts } from "../ports"

/** How files are compared, and nothing that names a program. */
const TAKEN_OVER = /^(core\.(filemode|autocrlf|eol|ignorecase|symlinks|precomposeunicode)|extensions\.objectformat)$/

export interface Shadow {
  directory: string
  bare: boolean
  origin: string | null
}

/**
 * A repository of its own with the same commits, refs, index and working folder, but none of the other one's settings:
 * those may name programs (a monitor of files, filters, hooks, a way to reach the remote) that git would run. What is
 * fetched into it and what git writes down while it looks does not touch the other one.
 */
export async function shadowRepository(
  of: string,
  signers: readonly string[],
  { git, scratch, repository }: CheckPorts,
): Promise<Shadow> {
  const ask = async (...args: string[]) => (await git(args, of)).replace(/\r?\n$/, "")
  const gitDirectory = await ask("rev-parse", "--absolute-git-dir")
  const common = resolve(of, await ask("rev-parse", "--git-common-dir"))
  const bare = (await ask("rev-parse", "--is-bare-repository")) === "true"
  const workFolder = bare ? null : await ask("rev-parse", "--show-toplevel")
  const settings = readSettings(await ask("config", "--local", "--list", "-z"))

  const directory = join(await scratch(), "shadow")
  const own = join(directory, ".git")
  await mkdir(join(own, "objects", "info"), { recursive: true })
  await mkdir(join(own, "info"))
  await symlink(join(common, "refs"), join(own, "refs"))
  await writeFile(join(own, "objects", "info", "alternates"), await alternatesOf(join(common, "objects")))
  const index = (await readdir(gitDirectory)).filter((name) => name === "index" || name.startsWith("sharedindex."))
  await Promise.all([
    ...["HEAD", ...index].map((name) => copyIfThere(join(gitDirectory, name), join(own, name))),
    ...["packed-refs", "shallow", "info/exclude"].map((name) => copyIfThere(join(common, name), join(own, name))),
    writeFile(join(own, "signers"), signers.map((line) => `${line}\n`).join("")),
  ])
  const origin = originOf(settings, workFolder ?? of, repository)
  const lines = settings.flatMap(([name, value]) => (TAKEN_OVER.test(name) ? [setting(name, value)] : []))
  await writeFile(
    join(own, "config"),
    [
      setting(
        "core.repositoryformatversion",
        settings.some(([name]) => name === "extensions.objectformat") ? "1" : "0",
      ),
      setting("core.bare", String(bare)),
      ...(workFolder === null ? [] : [setting("core.worktree", workFolder)]),
      ...lines,
      ...(origin === null ? [] : [setting("remote.origin.url", origin)]),
      ...(signers.length === 0 ? [] : [setting("gpg.ssh.allowedSignersFile", join(own, "signers"))]),
    ].join(""),
  )
  return { directory, bare, origin }
}

function readSettings(text: string): [name: string, value: string][] {
  return text.split("\0").flatMap((entry) => {
    const at = entry.indexOf("\n")
    return at === -1 ? [] : [[entry.slice(0, at), entry.slice(at + 1)] as [string, string]]
  })
}

/** A path is meant from the working folder. */
function originOf(settings: [string, string][], from: string, repository: string | null): string | null {
  const url = settings.find(([name]) => name === "remote.origin.url")?.[1]
  if (!url) return null
  const elsewhere = /^[^/]*:/.test(url) || url === repository
  return elsewhere ? url : resolve(from, url)
}

function setting(name: string, value: string): string {
  const [, section = "", sub, key = ""] = /^([^.]+)\.(?:(.+)\.)?([^.]+)$/.exec(name) ?? []
  const text = value.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")
  return `[${section}${sub ? ` "${sub}"` : ""}]\n\t${key} = "${text}"\n`
}

/** Other stores of commits that this one leans on, by full paths. */
async function alternatesOf(objects: string): Promise<string> {
  const text = await readFile(join(objects, "info", "alternates"), "utf8").catch(() => "")
  const more = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"))
  return [objects, ...more.map((path) => resolve(objects, path))].map((path) => `${path}\n`).join("")
}

/**
 * With its time, which is part of what an index says: a file changed in the same moment is read again, for its size and
 * time may tell nothing.
 */
async function copyIfThere(from: string, to: string): Promise<void> {
  const found = await stat(from).catch(() => null)
  if (found === null) return
  await copyFile(from, to)
  const timeS = Math.floor(found.mtimeMs) / 1_000
  await utimes(to, timeS, timeS)
}
