import { execFile } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

type Read = (path: string) => Promise<string>
type Files = Record<string, string | Buffer>

export interface CodeDrill {
  what: string
  /** The files that break it, by path. No two drills touch the same one. */
  files: (read: Read) => Promise<Files>
  /** What fails by it, and what is said there. */
  fails: Record<string, RegExp>
}

/** Text with what looks like a key in it, put together here so that nobody takes this file for a leak. */
const PLANTED_KEY = ["AKIA", "QK7ZTPB2XVN5RWLE"].join("")

/** Ways to break what is released, one commit each. */
export const codeDrills: CodeDrill[] = [
  {
    what: "the code is not clean",
    files: async (read) => ({ "src/http.js": `${await read("src/http.js")}\nvar left = 1\n` }),
    fails: { "lint-passed": /^Exit code \| 0 \| 1/ },
  },
  {
    what: "a test fails",
    files: async () => ({
      "test/wrong.js": 'import { test } from "node:test"\ntest("wrong", () => { throw new Error("one is not two") })\n',
    }),
    fails: { "tests-passed": /^Exit code \| 0 \| 1/, "no-deprecated-apis": /^Exit code \| 0 \| 1/ },
  },
  {
    what: "a setting is missing",
    files: async (read) => ({ ".env.production": (await read(".env.production")).replace(/^SENTRY_DSN=.*\n/m, "") }),
    fails: {
      "env-file-complete": /SENTRY_DSN/,
      "external-api-keys": /SENTRY_DSN/,
      "sentry-dsn": /SENTRY_DSN/,
      "validate-env": /Exit code \| 0 \| 1/,
    },
  },
  {
    what: "the bundle is too big",
    // A picture that nobody made smaller: packing does nothing for what is random.
    files: async () => ({ "public/cover.png": randomBytes(675_000) }),
    fails: { "bundle-size": /^All files gzipped \| 500KB at most \| 6\d\d\.?\d* KB in 3 files/ },
  },
  {
    what: "the log names people",
    files: async (read) => ({
      "src/auth.js": (await read("src/auth.js")).replace(
        "const { email, password } = credentials(body)",
        'const { email, password } = credentials(body)\n    process.stdout.write(JSON.stringify({ event: "attempt", email }) + "\\n")',
      ),
    }),
    fails: { "no-pii-in-logs": /\| none \| 2 findings: 2 e-mail addresses; first at output line 2/ },
  },
  {
    what: "nobody wrote down what to say in an incident",
    files: async () => ({ "docs/incident-communication.md": "# To be written\n" }),
    fails: { "incident-template": /Exit code \| 0 \| 1/ },
  },
  {
    what: "a secret was planted",
    files: async () => ({ "src/upload.js": `export const accessKeyId = "${PLANTED_KEY}"\n` }),
    fails: { "database-credentials-vault": /^src\/upload\.js \| no secret \| aws: AWSAccessKeyID, fingerprint/ },
  },
]

/** The sample service's working folder, as the person has it who breaks something. */
export function workingFolder(directory: string) {
  async function git(...args: string[]): Promise<string> {
    const author = ["-c", "user.name=Drill", "-c", "user.email=drill@postd.example", "-c", "commit.gpgSign=false"]
    return (await run("git", ["-C", directory, ...author, ...args])).stdout.trim()
  }

  async function write(files: Files): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true })
      await writeFile(join(directory, path), text)
    }
  }

  return {
    git,
    write,
    /** One commit with everything that these drills break. Answers with its tag; nothing is pushed. */
    async commit(drills: CodeDrill[], tag: string): Promise<string> {
      for (const { files } of drills) await write(await files((path) => readFile(join(directory, path), "utf8")))
      await git("add", "--all")
      await git("commit", "--quiet", "--message", drills.map(({ what }) => what).join(", "))
      await git("tag", tag)
      return tag
    },
    push: () => git("push", "--quiet", "origin", "main", "--tags"),
    /** Takes the last commit back by another one. */
    revert: () => git("revert", "--no-edit", "HEAD"),
  }
}
