// Written by scripts/generate.mjs from the names of the folders here.
import { createTarget as commandKind } from "./command/target"
import { createTarget as composeKind } from "./compose/target"
import { createTarget as dockerKind } from "./docker/target"
import { createTarget as localKind } from "./local/target"

export const strategyTargets = {
  command: commandKind,
  compose: composeKind,
  docker: dockerKind,
  local: localKind,
} as const
