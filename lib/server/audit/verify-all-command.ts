// Verifies all timelines on the server itself: [--heads heads.ndjson] [--write-heads heads.ndjson]. Exit code 0: all hold.

import { once } from "node:events"
import { createWriteStream } from "node:fs"
import { parseArgs } from "node:util"
import { closeDatabase } from "@/lib/server/db"
import { readHeadsFile } from "./heads-file"
import { verifyAll } from "./verify-all"

const USAGE = `Recomputes the timeline of every release and says where one does not hold.

  --heads <file>        Heads that were kept elsewhere, one {"releaseId", "seq", "hash"} a line: finds ends that were cut off
                        and timelines that were written anew.
  --write-heads <file>  Adds the head of every release that holds, in the same form: keep it where the console cannot write.
`
const PROGRESS_MS = 2_000

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      heads: { type: "string" },
      "write-heads": { type: "string" },
      help: { type: "boolean", default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const heads = values.heads ? await readHeadsFile(values.heads) : new Map()
  const kept = values["write-heads"] ? createWriteStream(values["write-heads"], { flags: "a" }) : null
  if (kept) await once(kept, "open")
  const began = performance.now()
  const count = { events: 0, releases: 0, faults: 0, broken: 0 }
  const speed = () => Math.round(count.events / ((performance.now() - began) / 1_000))
  const progress = setInterval(() => {
    process.stderr.write(`${count.events} events of ${count.releases} releases so far, ${speed()} events/s\n`)
  }, PROGRESS_MS)
  try {
    await verifyAll({
      heads,
      onEvents: (events) => {
        count.events += events
      },
      onRelease: ({ id, name, ok, head, faults }) => {
        count.releases += 1
        count.faults += faults.length
        if (!ok) count.broken += 1
        for (const { seq, message } of faults) {
          process.stdout.write(`WRONG ${id} ${printable(name)}: ${seq === null ? "" : `event ${seq}: `}${message}\n`)
        }
        if (ok) kept?.write(`${JSON.stringify({ releaseId: id, ...head })}\n`)
      },
    })
  } finally {
    clearInterval(progress)
    if (kept) {
      kept.end()
      await once(kept, "close")
    }
  }
  const said = `${count.releases} releases, ${count.events} events, ${speed()} events/s`
  const verdict = count.broken === 0 ? "All timelines hold" : `${count.broken} timelines do not hold`
  process.stdout.write(`${verdict}: ${said}.\n`)
  return count.broken === 0 ? 0 : 1
}

/** What others wrote must not steer the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\ufffd")
}

process.exitCode = await main()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  })
  .finally(closeDatabase)
