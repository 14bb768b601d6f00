import { version } from "@/package.json"
import { createApi } from "./api"
import { exits } from "./exits"
import { Fault, ofCommand, UsageFault } from "./fault"
import type { Env, Values } from "./options"
import { parseCommandLine } from "./parse-command-line"
import { redact, secretsOf } from "./redact"
import { sayFault } from "./say-fault"
import { readSettings } from "./settings"
import { shortUsage, usage } from "./usage"
import { createVoice, type Voice } from "./voice"

export interface Surroundings {
  env: Env
  stdin: AsyncIterable<Uint8Array | string>
  stdout: NodeJS.WritableStream & { isTTY?: boolean }
  stderr: NodeJS.WritableStream
  /** Ends with Ctrl-C. */
  signal: AbortSignal
}

/** Carries a command line out. Answers with the exit code; throws nothing. */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { env, stdout, stderr, signal } = surroundings
  // A token that was put in a wrong place must not come back in the words about it.
  let say = voiceFor(surroundings, null, secretsOf(env, null))
  try {
    const line = parseCommandLine(args, env)
    if (line.kind === "help") {
      stdout.write(usage(line.words))
      return exits.ok
    }
    if (line.kind === "version") {
      stdout.write(`golive ${version}\n`)
      return exits.ok
    }
    const { command, values, positionals, commandLine } = line
    const settings = ofCommand(command.words, () => readSettings(values, env))
    const secrets = secretsOf(env, settings.token)
    say = voiceFor(surroundings, values, secrets)
    return await command.run({
      ...{ values, positionals, commandLine, env, say, signal, secrets },
      stdin: surroundings.stdin,
      passThrough: { stdout: values.flag("json") ? stderr : stdout, stderr },
      api: createApi(settings, say, signal),
      waitMs: settings.waitMs,
    })
  } catch (error) {
    if (error instanceof UsageFault) {
      stderr.write(redact(`golive: ${error.message}\n\n`, secretsOf(env, tokenOnLine(args))))
      stderr.write(shortUsage(error.command))
      return error.exitCode
    }
    if (signal.aborted) {
      say.note(error instanceof Fault && error.exitCode === exits.interrupted ? error.message : "Interrupted.")
      return exits.interrupted
    }
    sayFault(say, error instanceof Fault ? error : new Fault(exits.no, `Something went wrong: ${error}`))
    return error instanceof Fault ? error.exitCode : exits.no
  }
}

function voiceFor({ env, stdout, stderr }: Surroundings, values: Values | null, secrets: readonly string[]): Voice {
  return createVoice({
    ...{ stdout, stderr, secrets },
    quiet: values?.flag("quiet") ?? false,
    json: values?.flag("json") ?? false,
    debug: values?.flag("debug") ?? false,
    colour: stdout.isTTY === true && !env.NO_COLOR && !values?.flag("no-color"),
  })
}

function tokenOnLine(args: readonly string[]): string | null {
  const at = args.findIndex((arg) => arg === "--token" || arg.startsWith("--token="))
  const arg = args[at] ?? ""
  return arg.includes("=") ? arg.slice("--token=".length) : (args[at + 1] ?? null)
}
