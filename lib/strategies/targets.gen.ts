// Written by scripts/generate.mjs from the names of the folders here.
import { createTarget as commandKind } from "./command/target"
import { createTarget as composeKind } from "./compose/target"
import { createTarget as dockerKind } from "./docker/target"
import { createTarget as kubernetesKind } from "./kubernetes/target"
import { createTarget as localKind } from "./local/target"
import { createTarget as vercelKind } from "./vercel/target"

export const strategyTargets = {
  command: commandKind,
  compose: composeKind,
  docker: dockerKind,
  kubernetes: kubernetesKind,
  local: localKind,
  vercel: vercelKind,
} as const
