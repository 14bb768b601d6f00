import { simpleGit } from "simple-git"

/** Without output for this long, git is ended. */
const SILENCE_MS = 60_000
/** What git and ssh need of this process's environment; the console's own settings are not among it. */
const PASSED_ON = [
  "PATH",
  "HOME",
  "USER",
  "LANG",
  "TMPDIR",
  "SSH_AUTH_SOCK",
  "SSL_CERT_FILE",
  "HTTPS_PROXY",
  "NO_PROXY",
]

/** Runs git in a folder and answers with what it wrote. Rejects with an Error in words, and with `signal.reason`. */
export async function runGit(args: string[], { directory, signal }: { directory: string; signal: AbortSignal }) {
  signal.throwIfAborted()
  const git = simpleGit({
    baseDir: directory,
    abort: signal,
    timeout: { block: SILENCE_MS },
    allowEnvironment: ["GIT_TERMINAL_PROMPT"],
    // Its end is when its output has ended: a little after its exit, on a busy machine, half of it may be missing.
    completion: { onClose: true, onExit: false },
  }).env(environment())
  try {
    return await git.raw(args)
  } catch (error) {
    signal.throwIfAborted()
    const command = args.find((arg) => !arg.startsWith("-")) ?? ""
    throw new Error(`git ${command}: ${said(error)}`, { cause: error })
  }
}

function environment(): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  return { ...Object.fromEntries(passed), GIT_TERMINAL_PROMPT: "0" }
}

/** The end of what git complained about; addresses lose the password that they may hold. */
function said(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).trim().split("\n").slice(-3).join(" ")
  return lines.replace(/(\w+:\/\/)[^/@\s]+@/g, "$1").slice(0, 500)
}
