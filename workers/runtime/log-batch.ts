import { Redactor } from "@/lib/server/checks/redact"
import { log } from "@/lib/server/log"
import { appendLog, type NewLogLine } from "@/lib/server/runs/append-log"
import { LostLease, type RunHolder } from "@/lib/server/runs/lost-lease"

const FLUSH_MS = 250
const LONGEST_LINE = 16 * 1024
/** Kept whole up to here for one attempt; after it only the end. */
const WHOLE_CHARS = 16 * 1024 * 1024
const TAIL_LINES = 500

export type LogStream = NewLogLine["stream"]

/** Gathers output and stores it a few times a second, in order. Output that cannot be stored never fails a step. */
export class LogBatch {
  private pending: NewLogLine[] = []
  private timer: NodeJS.Timeout | null = null
  private written: Promise<void> = Promise.resolve()
  private redactor = new Redactor([])

  constructor(
    private readonly holder: RunHolder,
    private readonly now: () => Date,
  ) {}

  /** From now on everything is stored without these secrets, in logs that are open already as well. */
  redactWith(redactor: Redactor): void {
    this.redactor = redactor
  }

  /** The log of one attempt of a step; `end` stores what has no newline yet. */
  open(stepKey: string, attempt: number) {
    const partial: Record<LogStream, string> = { out: "", err: "", info: "" }
    let chars = 0
    let left = 0
    let tail: NewLogLine[] = []

    const addLine = (stream: LogStream, text: string) => {
      const line = { stepKey, attempt, stream, text: text.slice(0, LONGEST_LINE), at: this.now() }
      chars += text.length
      if (chars <= WHOLE_CHARS) return this.add(line)
      tail.push(line)
      if (tail.length > TAIL_LINES) {
        tail.shift()
        left += 1
      }
    }
    const store = (stream: LogStream, text: string) => {
      const lines = (partial[stream] + text).split(/\r?\n/)
      partial[stream] = lines.pop() ?? ""
      for (const line of lines) addLine(stream, line)
      if (partial[stream].length < LONGEST_LINE) return
      addLine(stream, partial[stream])
      partial[stream] = ""
    }
    const redacted = redactedStreams(() => this.redactor, store)
    const end = () => {
      redacted.end()
      for (const stream of ["out", "err", "info"] as const) {
        if (partial[stream]) addLine(stream, partial[stream])
        partial[stream] = ""
      }
      if (left > 0) this.add({ stepKey, attempt, stream: "info", text: `(${left} lines left out)`, at: this.now() })
      for (const line of tail) this.add(line)
      tail = []
    }
    return { write: redacted.write, end }
  }

  private add(line: NewLogLine): void {
    this.pending.push(line)
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS)
  }

  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    const lines = this.pending
    this.pending = []
    this.written = this.written.then(async () => {
      await appendLog(this.holder, lines).catch((error: unknown) => {
        if (!(error instanceof LostLease)) log.warn({ err: error, runId: this.holder.runId }, "log lines were lost")
      })
    })
    return this.written
  }
}

/** Begun anew when there are more secrets to take out. */
function redactedStreams(redactor: () => Redactor, store: (stream: LogStream, text: string) => void) {
  let by = redactor()
  let open = by.streams(store)
  const write = (kind: LogStream, text: string) => {
    if (by !== redactor()) {
      open.end()
      by = redactor()
      open = by.streams(store)
    }
    open.write(kind, text)
  }
  return { write, end: () => open.end() }
}
