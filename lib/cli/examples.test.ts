import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { commands } from "./commands"
import { parseCommandLine } from "./parse-command-line"

const root = fileURLToPath(new URL("../..", import.meta.url))
const read = (path: string) => readFileSync(`${root}/${path}`, "utf8")
const YAML_FILES = ["docs/examples/github-actions.yml", "docs/examples/gitlab-ci.yml"]
const ENV = { GOLIVE_RELEASE: "postd/production@1.1.0" }

/** The words of a simple shell line: quotes are taken away, variables stay as they are written. */
function shellWords(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ""))
}

function golives(text: string): string[][] {
  return text
    .replace(/\\\n/g, " ")
    .split("\n")
    .map((line) => shellWords(line.trim()))
    .flatMap((words) => {
      const at = words.findIndex((word) => word === "golive" || word === "golive.mjs")
      const isRun = at === 0 || (at === 1 && ["node", "npx"].includes(words[0] ?? ""))
      return isRun ? [words.slice(at + 1)] : []
    })
}

/** Every text in a parsed document. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value]
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : []
}

describe.each(YAML_FILES)("%s", (path) => {
  const document: unknown = parse(read(path), { strict: true, uniqueKeys: true })
  const lines = textsOf(document).flatMap(golives)

  test("brings build, types, lint, tests and bundle size, and asks the gate", () => {
    const items = lines.flatMap((words) => words[words.indexOf("--item") + 1] ?? [])
    for (const item of ["build-successful", "typecheck-passed", "lint-passed", "tests-passed", "bundle-size"]) {
      expect(items).toContain(item)
    }
    expect(lines.at(-1)?.[0]).toBe("gate")
  })

  test.each(lines.map((words) => [words.join(" "), words]))("golive %s", (_line, words) => {
    expect(parseCommandLine(words, ENV).kind).toBe("run")
  })

  test("its items are those of the playbook that comes with the console", () => {
    const playbook = read("prisma/seed/playbooks/postd-go-live.yaml")
    for (const words of lines) {
      const at = words.indexOf("--item")
      if (at >= 0) expect(playbook).toContain(`- key: ${words[at + 1]}\n`)
    }
  })
})

describe("docs/cli.md", () => {
  const lines = golives(read("docs/cli.md"))

  test.each(lines.map((words) => [words.join(" "), words]))("golive %s", (_line, words) => {
    expect(["run", "version"]).toContain(parseCommandLine(words, ENV).kind)
  })

  test("has every command with an example, and every option of them all", () => {
    for (const { words } of commands) {
      expect(lines.some((line) => words.every((word, index) => line[index] === word))).toBe(true)
      expect(read("docs/cli.md")).toContain(`### golive ${words.join(" ")}\n`)
    }
  })

  test("the usage's own examples can be run", () => {
    for (const { example, words } of commands) {
      const [own] = golives(example)
      const line = parseCommandLine(own ?? [], ENV)
      expect(line.kind === "run" && line.command.words).toEqual(words)
    }
  })
})
