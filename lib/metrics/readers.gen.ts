// Written by scripts/generate.mjs from the names of the folders here.
import { createReader as probeKind } from "./probe/read"

export const metricReaders = {
  probe: probeKind,
} as const
