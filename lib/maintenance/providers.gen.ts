// Written by scripts/generate.mjs from the names of the folders here.
import { createProvider as commandKind } from "./command/provider"
import { createProvider as flagFileKind } from "./flag-file/provider"
import { createProvider as httpToggleKind } from "./http-toggle/provider"
import { createProvider as platformVariableKind } from "./platform-variable/provider"

export const maintenanceProviders = {
  command: commandKind,
  "flag-file": flagFileKind,
  "http-toggle": httpToggleKind,
  "platform-variable": platformVariableKind,
} as const
