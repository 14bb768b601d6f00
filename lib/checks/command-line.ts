import { z } from "zod"

const noNul = (text: string) => !text.includes("\0")
const argument = z.string().max(100_000).refine(noNul, "must not contain NUL")

export const commandLine = z
  .array(argument)
  .min(1)
  .max(200)
  .refine(([program]) => program !== undefined && program.trim() !== "", "must begin with a program")
  .describe("Program and arguments. No shell reads them, so `$(…)`, `;` and quotes are only characters.")

export const commandEnvironment = z
  .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "is no name of a variable"), argument)
  .describe("Beside PATH, HOME (an empty folder) and LANG these are all that the program gets.")

export const pathInside = z.string().min(1).max(1_000).refine(noNul, "must not contain NUL")

/** As it would be typed, for people; never run from this. */
export function sayCommand(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ")
}
