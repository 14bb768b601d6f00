// Written by scripts/generate.mjs from the names of the folders here.
import { plan as commandKind } from "./command/plan"
import { plan as composeKind } from "./compose/plan"
import { plan as dockerKind } from "./docker/plan"
import { plan as kubernetesKind } from "./kubernetes/plan"
import { plan as localKind } from "./local/plan"
import { plan as vercelKind } from "./vercel/plan"

export const strategyPlans = {
  command: commandKind,
  compose: composeKind,
  docker: dockerKind,
  kubernetes: kubernetesKind,
  local: localKind,
  vercel: vercelKind,
} as const
