import type { Command } from "./command"
import { commands } from "./commands"
import { globalOptions } from "./global-options"
import type { OptionSpec } from "./options"

const EXIT_CODES = [
  "0  done; go; pass                       4  time was up",
  "1  no; failed; rolled back              5  the console cannot be reached",
  "2  the command line is wrong            6  the token is refused (401, 403)",
  "3  inconclusive                       130  Ctrl-C; the release is left alone",
]

/** How the command with these words is used, or those that begin with them. */
export function usage(words: readonly string[]): string {
  const command = commands.find((known) => known.words.join(" ") === words.join(" "))
  return `${(command ? ofCommand(command) : ofAll(words)).join("\n")}\n`
}

/** What goes with a complaint: the one line that matters, or the commands that there are. */
export function shortUsage(words: readonly string[]): string {
  const command = commands.find((known) => known.words.join(" ") === words.join(" "))
  const lines = command ? [usageLine(command)] : commandLines(words)
  const more = `golive ${[...words, "--help"].join(" ")}`
  return `${["Usage", ...lines.map((line) => `  ${line.trim()}`), "", `${more} says more.`].join("\n")}\n`
}

function commandLines(words: readonly string[]): string[] {
  return commands
    .filter((command) => words.every((word, index) => command.words[index] === word))
    .map((command) => `  ${`golive ${command.words.join(" ")}`.padEnd(26)}${command.summary}`)
}

function usageLine(command: Command): string {
  const required = Object.entries(command.options)
    .filter(([, spec]) => spec.required)
    .map(([name, spec]) => `--${name} ${spec.value}`)
  return [
    "golive",
    ...command.words,
    ...(command.positionals ?? []).map((name) => `[${name}]`),
    ...required,
    "[options]",
    ...(command.wrapsProgram ? ["[-- program arguments…]"] : []),
  ].join(" ")
}

function ofCommand(command: Command): string[] {
  return [
    `${command.summary}.`,
    "",
    `  ${usageLine(command)}`,
    "",
    ...(command.details ? [...command.details.split("\n").map((line) => (line ? `  ${line}` : "")), ""] : []),
    ...(Object.keys(command.options).length > 0 ? ["Options", ...optionLines(command.options), ""] : []),
    "Options of every command",
    ...optionLines(globalOptions),
    "",
    "Example",
    `  ${command.example}`,
  ]
}

function ofAll(words: readonly string[]): string[] {
  return [
    "golive: the command line of a Golive console, for pipelines and terminals.",
    "",
    "Commands",
    ...commandLines(words),
    "",
    "Options of every command",
    ...optionLines(globalOptions),
    "",
    "A release is its id, `latest` (with --service and --environment), or service/environment@version.",
    "GOLIVE_RELEASE names the one that is meant where none is given.",
    "",
    "Exit codes",
    ...EXIT_CODES.map((line) => `  ${line}`),
    "",
    "golive <command> --help says more about a command, golive --version which one this is.",
  ]
}

function optionLines(options: Record<string, OptionSpec>): string[] {
  return Object.entries(options).map(([name, { value, help, multiple }]) => {
    const left = `  --${name}${value ? ` ${value}` : ""}`
    return `${left.length < 27 ? left.padEnd(27) : `${left} `}${help}${multiple ? " (may be repeated)" : ""}`
  })
}
