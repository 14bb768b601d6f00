import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { findBarrels, findCycles, findImpurePaths, findWrongImports } from "./find-violations"
import { findSpecifiers, readSources, type Source } from "./read-sources"

const sources = await readSources(fileURLToPath(new URL("../../..", import.meta.url)))

describe("the house", () => {
  test("is seen at all", () => {
    expect(sources.length).toBeGreaterThan(50)
    expect(sources.flatMap((source) => source.imports).length).toBeGreaterThan(100)
  })

  test("imports go one way", () => {
    expect(findWrongImports(sources)).toEqual([])
  })

  test("definitions and plans stay pure, through whatever they import", () => {
    expect(findImpurePaths(sources)).toEqual([])
  })

  test("no file is part of a ring", () => {
    expect(findCycles(sources)).toEqual([])
  })

  test("nobody only passes on", () => {
    expect(findBarrels(sources)).toEqual([])
  })
})

describe("the rules bite", () => {
  const source = (path: string, ...files: string[]): Source => ({
    path,
    text: "",
    imports: files.map((file) =>
      file.includes("/") && !file.includes(":") ? { specifier: file, file } : { specifier: file, file: null },
    ),
  })

  test.each([
    ["lib/domain/a.ts", "lib/server/db.ts"],
    ["lib/domain/a.ts", "node:fs"],
    ["lib/contracts/a.ts", "lib/client/b.ts"],
    ["lib/checks/http/definition.ts", "node:net"],
    ["lib/checks/http/run.ts", "lib/checks/tls/run.ts"],
    ["lib/checks/http/run.ts", "lib/server/db.ts"],
    ["lib/server/a.ts", "app/page.tsx"],
    ["lib/server/a.ts", "workers/main.ts"],
    ["lib/server/releases/a.ts", "bullmq"],
    ["lib/client/a.ts", "lib/server/db.ts"],
    ["lib/client/a.ts", "node:crypto"],
    ["components/a.tsx", "lib/checks/runners.gen.ts"],
    ["workers/main.ts", "components/ui/button.tsx"],
    ["app/page.tsx", "workers/main.ts"],
    ["app/page.tsx", "prisma/generated/client/client.ts"],
  ])("%s may not import %s", (path, file) => {
    expect(findWrongImports([source(path, file)])).toHaveLength(1)
  })

  test.each([
    ["lib/domain/a.ts", "zod"],
    ["lib/checks/http/run.ts", "lib/checks/ports.ts"],
    ["lib/server/queue/a.ts", "bullmq"],
    ["components/a.tsx", "lib/checks/definitions.gen.ts"],
    ["workers/main.ts", "lib/checks/runners.gen.ts"],
    ["app/page.tsx", "lib/server/releases/list.ts"],
  ])("%s may import %s", (path, file) => {
    expect(findWrongImports([source(path, file)])).toEqual([])
  })

  test("a plan that reaches I/O through a neighbour is found", () => {
    const found = findImpurePaths([
      source("lib/strategies/x/plan.ts", "lib/strategies/x/names.ts"),
      source("lib/strategies/x/names.ts", "node:fs"),
    ])
    expect(found).toEqual([expect.stringMatching(/plan\.ts → lib\/strategies\/x\/names\.ts → node:fs/)])
  })

  test("a ring is found", () => {
    expect(findCycles([source("lib/a/a.ts", "lib/a/b.ts"), source("lib/a/b.ts", "lib/a/a.ts")])).toHaveLength(1)
  })

  test("every form of import is read", () => {
    const text = [
      'import a from "one"',
      'import "two"',
      'import type { B } from "three"',
      'import {\n  c,\n  type D,\n} from "four"',
      'export { e } from "five"',
      'export * from "six"',
      'const f = await import("seven")',
      '// import g from "not-this"',
      'const text = "import h from nowhere"',
    ].join("\n")
    expect(findSpecifiers(text).sort()).toEqual(["five", "four", "one", "seven", "six", "three", "two"])
  })
})
