/**
 * Why a worker stops working on a run. `lost`: another worker has it, or it has ended; nothing more may be written.
 * `hand_over`: this process ends, another one goes on. `abort`: a person asked for it; cleaning up is left to do.
 */
export type StopReason = "lost" | "hand_over" | "abort"

export class RunStopped extends Error {
  constructor(readonly reason: StopReason) {
    super(`the run was stopped: ${reason}`)
    this.name = "RunStopped"
  }
}
