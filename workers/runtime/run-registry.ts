import type { RunControl } from "./run-control"

/** The runs that this process works on. */
export class RunRegistry {
  private readonly runs = new Map<RunControl, Promise<void>>()
  private closing = false

  /** False once this process is ending: nothing new may be claimed. */
  isOpen(): boolean {
    return !this.closing
  }

  /** Keeps a run until its work is over. */
  add(control: RunControl, work: Promise<void>): void {
    this.runs.set(
      control,
      work.finally(() => this.runs.delete(control)),
    )
    if (this.closing) control.stop("hand_over")
  }

  /** Stops all work at the next safe point and resolves when every run was let go of. */
  async handOver(): Promise<void> {
    this.closing = true
    for (const control of this.runs.keys()) control.stop("hand_over")
    await Promise.allSettled(this.runs.values())
  }
}
