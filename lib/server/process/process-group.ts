const GRACE_MS = 2_000

/** Ends a program and everything in its process group: asked first, then made to. `gone` stops the waiting. */
export function endGroup(pid: number | undefined): { gone(): void } {
  signalGroup(pid, "SIGTERM")
  const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), GRACE_MS)
  return { gone: () => clearTimeout(timer) }
}

/** False: nobody is left in the group. */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false
  try {
    process.kill(-pid, signal)
    return true
  } catch (error) {
    // EPERM: somebody is there who became another user.
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}
