// Written by scripts/generate.mjs from the names of the folders here.
import { createFlag as envFileKind } from "./env-file/provider"
import { createFlag as httpKind } from "./http/provider"
import { createFlag as launchdarklyKind } from "./launchdarkly/provider"
import { createFlag as unleashKind } from "./unleash/provider"

export const flagProviders = {
  "env-file": envFileKind,
  http: httpKind,
  launchdarkly: launchdarklyKind,
  unleash: unleashKind,
} as const
