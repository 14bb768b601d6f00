/** The run belongs to another worker by now, or has ended: whoever gets this stops without writing anything more. */
export class LostLease extends Error {
  constructor(readonly runId: string) {
    super(`run ${runId} is no longer held by this worker`)
    this.name = "LostLease"
  }
}

/** Which claim of a run a worker writes under. */
export interface RunHolder {
  runId: string
  fence: number
}
