// Written by scripts/generate.mjs from the names of the folders here.
import { definition as commandKind } from "./command/definition"
import { definition as composeKind } from "./compose/definition"
import { definition as dockerKind } from "./docker/definition"
import { definition as kubernetesKind } from "./kubernetes/definition"
import { definition as localKind } from "./local/definition"
import { definition as vercelKind } from "./vercel/definition"

export const strategyDefinitions = {
  command: commandKind,
  compose: composeKind,
  docker: dockerKind,
  kubernetes: kubernetesKind,
  local: localKind,
  vercel: vercelKind,
} as const
