import { parseArgs } from "node:util"
import type { Command } from "./command"
import { commands } from "./commands"
import { ofCommand, UsageFault } from "./fault"
import { globalOptions } from "./global-options"
import type { Env, OptionSpec, Values } from "./options"

export type CommandLine =
  | { kind: "help"; words: string[] }
  | { kind: "version" }
  | {
      kind: "run"
      command: Command
      values: Values
      positionals: string[]
      commandLine: string[] | null
    }

/** A command line as what is meant by it. Throws UsageFault, which names what is wrong. Nothing is asked or read. */
export function parseCommandLine(args: readonly string[], env: Env): CommandLine {
  if (args[0] === "help") return { kind: "help", words: args.slice(1) }
  const end = args.indexOf("--")
  const own = end < 0 ? args : args.slice(0, end)
  const commandLine = end < 0 ? null : args.slice(end + 1)
  const { words, rest } = takeWords(own)
  const command = commands.find((known) => known.words.join(" ") === words.join(" "))
  if (!command) return withoutCommand(words, rest)

  const specs = { ...globalOptions, ...command.options }
  const parsed = parse(rest, specs, command.words)
  if (parsed.values.help === true) return { kind: "help", words }
  const values = valuesOf(parsed.values)
  refuseBadValues(command, specs, values)
  const allowed = command.positionals?.length ?? 0
  const extra = parsed.positionals[allowed]
  if (extra !== undefined) throw new UsageFault(`"${extra}" is one argument too many.${quotingHint(extra)}`, words)
  if (commandLine && !command.wrapsProgram) throw new UsageFault(`golive ${words.join(" ")} runs no program.`, words)
  ofCommand(words, () => command.check?.({ values, positionals: parsed.positionals, commandLine, env }))
  return { kind: "run", command, values, positionals: parsed.positionals, commandLine }
}

/** The command's words may stand behind global options; all else is left for the command's own options. */
function takeWords(args: readonly string[]): { words: string[]; rest: string[] } {
  const words: string[] = []
  const rest: string[] = []
  const isComplete = () => commands.some((known) => known.words.join(" ") === words.join(" "))
  const leads = (word: string) =>
    commands.some((known) => [...words, word].every((each, index) => known.words[index] === each))
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ""
    if (!isComplete() && !arg.startsWith("-") && leads(arg)) {
      words.push(arg)
      continue
    }
    rest.push(arg)
    const next = args[index + 1]
    if (globalOptions[arg.slice(2)]?.type === "string" && arg.startsWith("--") && next !== undefined) {
      rest.push(next)
      index += 1
    }
  }
  return { words, rest }
}

function withoutCommand(words: string[], rest: string[]): CommandLine {
  const specs = { ...globalOptions, version: { type: "boolean", help: "" } } satisfies Record<string, OptionSpec>
  const parsed = parse(rest, specs, words)
  if (parsed.values.version === true && words.length === 0) return { kind: "version" }
  const [first] = parsed.positionals
  if (parsed.values.help === true && first === undefined) return { kind: "help", words }
  const said = [...words, ...(first === undefined ? [] : [first])].join(" ")
  throw new UsageFault(said && first !== undefined ? `There is no command "${said}".` : "Which command?", words)
}

function parse(args: string[], specs: Record<string, OptionSpec>, words: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { type, multiple }]) => [name, { type, multiple: multiple ?? false }]),
  )
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    // What follows the first sentence is about dashes in positional arguments.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/)
    throw new UsageFault(`${sentence}.`.replace(/\.\.$/, "."), words)
  }
}

function valuesOf(parsed: Record<string, unknown>): Values {
  return {
    text: (name) => {
      const value = parsed[name]
      return typeof value === "string" ? value : undefined
    },
    list: (name) => {
      const value = parsed[name]
      return Array.isArray(value) ? value.filter((each) => typeof each === "string") : []
    },
    flag: (name) => parsed[name] === true,
  }
}

function refuseBadValues(command: Command, specs: Record<string, OptionSpec>, values: Values): void {
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.type !== "string") continue
    const given = spec.multiple ? values.list(name) : [values.text(name)].filter((value) => value !== undefined)
    if (spec.required && given.length === 0) throw new UsageFault(`--${name} is missing.`, command.words)
    for (const value of given) {
      const reason = value.trim() === "" ? "must not be empty" : spec.refuse?.(value)
      if (reason) throw new UsageFault(`--${name} ${reason}.`, command.words)
    }
  }
}

function quotingHint(extra: string): string {
  return /[/.]/.test(extra) ? " A pattern for files has to be in quotes." : ""
}
