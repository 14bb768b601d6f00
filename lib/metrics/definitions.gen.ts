// Written by scripts/generate.mjs from the names of the folders here.
import { definition as probeKind } from "./probe/definition"

export const metricDefinitions = {
  probe: probeKind,
} as const
