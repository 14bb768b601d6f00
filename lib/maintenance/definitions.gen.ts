// Written by scripts/generate.mjs from the names of the folders here.
import { definition as commandKind } from "./command/definition"
import { definition as flagFileKind } from "./flag-file/definition"
import { definition as httpToggleKind } from "./http-toggle/definition"
import { definition as platformVariableKind } from "./platform-variable/definition"

export const maintenanceDefinitions = {
  command: commandKind,
  "flag-file": flagFileKind,
  "http-toggle": httpToggleKind,
  "platform-variable": platformVariableKind,
} as const
