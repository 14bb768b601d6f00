import { type ChildProcess, spawn } from "node:child_process"
import { appendFileSync, writeFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { setTimeout as delay } from "node:timers/promises"

export type ProcessSpec = {
  name: string
  args: string[]
  env: NodeJS.ProcessEnv
  cwd: string
  /** How long it may take to end by itself after SIGTERM. */
  stopDeadlineMs: number
  /** Everything it says goes here; what it says while running is also printed, unless it is `quiet`. */
  logFile: string
  quiet: boolean
}

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
const STEADY_AFTER_MS = 60_000

/** A Node program that is kept running: output by the line under its name, restarted when it ends unasked. */
export class ManagedProcess {
  private child: ChildProcess | undefined
  private stopping = false
  private delayMs = FIRST_DELAY_MS
  private held: string[] | null = []
  private readonly listeners = new Set<(line: string) => void>()

  constructor(
    private readonly spec: ProcessSpec,
    private readonly changed: () => void,
  ) {
    writeFileSync(spec.logFile, "")
  }

  get name(): string {
    return this.spec.name
  }

  get pid(): number | null {
    return this.child?.pid ?? null
  }

  start(): void {
    const startedAt = performance.now()
    const child = spawn(process.execPath, this.spec.args, {
      cwd: this.spec.cwd,
      env: this.spec.env,
      // A pipe as standard input: programs that watch it end with this process, however it ends.
      stdio: ["pipe", "pipe", "pipe"],
      // A group of its own, so that it ends in its turn and with everything that it started.
      detached: true,
    })
    this.child = child
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => this.hear(line))
    }
    child.once("error", (error) => this.hear(error.message))
    child.once("exit", (code, signal) => {
      this.signalGroup("SIGKILL")
      if (this.stopping) return
      this.flush()
      if (performance.now() - startedAt > STEADY_AFTER_MS) this.delayMs = FIRST_DELAY_MS
      this.say(`ended with ${signal ?? `code ${code}`}; starting again in ${this.delayMs / 1000} s`)
      void this.startLater()
    })
    this.changed()
  }

  /** What is said while starting is held back: a calm start shows nothing, a failed one all of it. */
  discardHeld(): void {
    this.held = null
  }

  flush(): void {
    const lines = this.held ?? []
    this.held = null
    for (const line of lines) this.say(line)
  }

  /** SIGTERM to the program, and once it has ended or its time is up SIGKILL to its whole group. */
  async stop(): Promise<void> {
    this.stopping = true
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()))
    child.kill("SIGTERM")
    const timer = setTimeout(() => this.signalGroup("SIGKILL"), this.spec.stopDeadlineMs)
    await ended
    clearTimeout(timer)
  }

  killAtOnce(): void {
    this.stopping = true
    this.signalGroup("SIGKILL")
  }

  private async startLater(): Promise<void> {
    const waitMs = this.delayMs
    this.delayMs = Math.min(this.delayMs * 2, LONGEST_DELAY_MS)
    await delay(waitMs)
    if (!this.stopping) this.start()
  }

  /** The next line of output that the function accepts. */
  nextLine<T>(accept: (line: string) => T | null): Promise<T> {
    return new Promise((resolve) => {
      const listener = (line: string) => {
        const answer = accept(line)
        if (answer === null) return
        this.listeners.delete(listener)
        resolve(answer)
      }
      this.listeners.add(listener)
    })
  }

  private hear(line: string): void {
    appendFileSync(this.spec.logFile, `${line}\n`)
    for (const listener of this.listeners) listener(line)
    if (!this.spec.quiet || this.held) this.say(line)
  }

  private say(line: string): void {
    if (this.held) this.held.push(line)
    else console.log(`${this.spec.name.padEnd(6)} │ ${line}`)
  }

  private signalGroup(signal: NodeJS.Signals): void {
    if (!this.child?.pid) return
    try {
      process.kill(-this.child.pid, signal)
    } catch {
      // Nobody is left in the group.
    }
  }
}
