// Writes docs/checks.md from the definitions of the kinds: node --import tsx scripts/check-docs.ts
// With --check nothing is written: the command fails if the page is not what the definitions ask for.
import { execFile } from "node:child_process"
import { readFile, writeFile } from "node:fs/promises"
import { fileURLToPath, pathToFileURL } from "node:url"
import type { CheckDefinition } from "../lib/checks/contract"
import { checkDefinitions } from "../lib/checks/definitions.gen"
import { type Kind, renderPage } from "./check-docs/render-page"

export const COMMAND = "node --import tsx scripts/check-docs.ts"
export const PAGE = fileURLToPath(new URL("../docs/checks.md", import.meta.url))

/** The page as the definitions, and the texts beside them, ask for it. Rejects where a kind has no such text. */
export async function checkDocs(): Promise<string> {
  return formatted(renderPage(await kindsWithTexts()))
}

/** As the formatter of this repository leaves it: whoever formats all files does not make the page stale. */
function formatted(page: string): Promise<string> {
  const biome = fileURLToPath(new URL("../node_modules/@biomejs/biome/bin/biome", import.meta.url))
  const args = [biome, "format", `--stdin-file-path=${PAGE}`]
  return new Promise((resolve, reject) => {
    const cwd = fileURLToPath(new URL("..", import.meta.url))
    const most = { maxBuffer: 16 * 1024 * 1024 }
    const child = execFile(process.execPath, args, { cwd, ...most }, (error, stdout) => {
      if (error) reject(error)
      else resolve(stdout)
    })
    child.stdin?.end(page)
  })
}

export async function kindsWithTexts(): Promise<Kind[]> {
  const definitions: Record<string, CheckDefinition> = checkDefinitions
  return Promise.all(
    Object.entries(definitions).map(async ([kind, definition]) => {
      const path = new URL(`../lib/checks/${kind}/reading.md`, import.meta.url)
      const reading = await readFile(path, "utf8").catch(() => "")
      if (reading.trim() === "") {
        throw new Error(`lib/checks/${kind}/reading.md: write what the check proves, and what a failed one looks like`)
      }
      return { definition, reading }
    }),
  )
}

async function main() {
  const page = await checkDocs()
  if (!process.argv.includes("--check")) return writeFile(PAGE, page)
  if ((await readFile(PAGE, "utf8").catch(() => "")) === page) return
  throw new Error(`docs/checks.md is no longer what the definitions ask for. Run "${COMMAND}" and commit the result.`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  })
}
