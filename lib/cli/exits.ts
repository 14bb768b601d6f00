/** What a pipeline can tell apart. The numbers are documented and stay what they are. */
export const exits = {
  ok: 0,
  /** The gate is closed, something failed or was rolled back, or the console says no to it as things stand. */
  no: 1,
  usage: 2,
  inconclusive: 3,
  timedOut: 4,
  /** No answer from the console, or none that can be read. */
  unreachable: 5,
  /** The token is missing, wrong, or may not do this. */
  refused: 6,
  interrupted: 130,
} as const
