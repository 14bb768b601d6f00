// Written by scripts/generate.mjs from the names of the folders here.
import { createProvider as commandKind } from "./command/provider"
import { createProvider as flagFileKind } from "./flag-file/provider"
import { createProvider as httpToggleKind } from "./http-toggle/provider"

export const maintenanceProviders = {
  command: commandKind,
  "flag-file": flagFileKind,
  "http-toggle": httpToggleKind,
} as const
