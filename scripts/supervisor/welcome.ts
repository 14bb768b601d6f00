import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Settings } from "./environment"

type Account = { email: string; password: string; role: string }

/** What a person needs next: the address, and how to get in. */
export async function printWelcome(settings: Settings, notes: string[], totalMs: number): Promise<void> {
  const lines = ["", `  Golive is ready after ${(totalMs / 1000).toFixed(1)} s:  ${settings.address}`]
  const accounts = settings.demo ? await readAccounts(settings.dataDirectory) : []
  if (accounts.length > 0) {
    const width = Math.max(...accounts.map((account) => account.email.length))
    const passwordWidth = Math.max(...accounts.map((account) => account.password.length))
    lines.push("", "  People of the sample team:")
    for (const { email, password, role } of accounts) {
      lines.push(`    ${email.padEnd(width)}   ${password.padEnd(passwordWidth)}   ${role}`)
    }
  }
  const link = await readFile(join(settings.dataDirectory, "setup-link.txt"), "utf8").catch(() => "")
  if (link.trim() && !settings.demo) lines.push("", "  Make the first account here, once:", `    ${link.trim()}`)
  for (const note of notes) lines.push("", `  ${note}`)
  lines.push("", "  Ctrl-C stops it.", "")
  console.log(lines.join("\n"))
}

async function readAccounts(dataDirectory: string): Promise<Account[]> {
  const text = await readFile(join(dataDirectory, "accounts.json"), "utf8").catch(() => "[]")
  return JSON.parse(text) as Account[]
}
