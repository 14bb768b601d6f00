/** Environment variables. */
export type Env = Readonly<Record<string, string | undefined>>

export interface OptionSpec {
  type: "string" | "boolean"
  multiple?: true
  required?: true
  /** How the value is called in the usage: `DURATION`. */
  value?: string
  help: string
  /** Why a value is not good, to follow the option's name; null: it is. */
  refuse?: (value: string) => string | null
}

/** The options of a command line, checked. */
export interface Values {
  text(name: string): string | undefined
  list(name: string): string[]
  flag(name: string): boolean
}
