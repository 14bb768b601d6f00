type Member = { turn: number; name: string; stop(): Promise<void>; kill(): void; pid(): number | null }

const SECOND_SIGNAL_AFTER_MS = 500

/**
 * Everything that must end before this process does, in order: the highest turn first, so that nobody loses what they
 * still use. A first signal stops, a second one kills at once.
 */
export class Shutdown {
  private readonly members: Member[] = []
  private readonly controller = new AbortController()
  private running: Promise<void> | undefined
  private askedAt: number | undefined

  constructor() {
    // A terminal sends SIGINT to the whole group and npm passes it on once more: two at once are one.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => this.onSignal(signal === "SIGINT" ? 130 : 143))
    }
    // Whoever read the output is gone: the same as a closed terminal.
    process.stdout.on("error", () => void this.run(1))
  }

  get asked(): boolean {
    return this.askedAt !== undefined
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  add(turn: number, name: string, member: { stop(): Promise<void>; kill(): void; pid?(): number | null }): void {
    this.members.push({ turn, name, pid: () => null, ...member })
    // Too late to be part of the ordered end.
    if (this.asked) member.kill()
  }

  pids(): number[] {
    return this.members.flatMap((member) => member.pid() ?? [])
  }

  /** Waits for all, and on the first failure tells the others to stop before it is thrown. */
  async all<T extends readonly unknown[]>(work: readonly [...{ [K in keyof T]: Promise<T[K]> }]): Promise<T> {
    try {
      return (await Promise.all(work)) as unknown as T
    } catch (error) {
      this.controller.abort()
      await Promise.allSettled(work)
      throw error
    }
  }

  /** Stops everything and ends the process. */
  run(code: number): Promise<void> {
    this.running ??= this.stopAll(code)
    return this.running
  }

  private onSignal(code: number): void {
    if (this.askedAt === undefined) {
      this.askedAt = performance.now()
      console.log("\n  Stopping …")
      void this.run(code === 130 ? 0 : code)
    } else if (performance.now() - this.askedAt > SECOND_SIGNAL_AFTER_MS) {
      for (const member of this.members) member.kill()
      process.exit(code)
    }
  }

  private async stopAll(code: number): Promise<void> {
    this.askedAt ??= performance.now()
    this.controller.abort()
    for (const member of this.members.sort((a, b) => b.turn - a.turn)) {
      await member.stop().catch((error: unknown) => {
        console.error(`  ${member.name} did not stop: ${String(error)}`)
        member.kill()
      })
    }
    process.exit(code)
  }
}
