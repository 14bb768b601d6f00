// Encrypts all secrets anew, on the machine that the console runs on. Says what it did, never a key or a value.
import { closeDatabase } from "@/lib/server/db"
import { rotateSecrets } from "./rotate-secrets"

async function main(): Promise<number> {
  const { keyId, changed, unreadable, needless, source } = await rotateSecrets()
  say(`${changed} secrets were encrypted anew; all that can be read have the key ${keyId} now.`)
  if (needless.length > 0) {
    const keys = needless.join(", ")
    const byHand = `No secret needs ${keys} any more: remove them from SECRETS_KEYS once every process has the new first key.`
    say(source === "file" ? `No longer needed and removed: ${keys}.` : byHand)
  }
  for (const words of unreadable) console.error(words)
  return unreadable.length > 0 ? 1 : 0
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    return 1
  })
  .finally(closeDatabase)
