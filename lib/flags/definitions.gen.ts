// Written by scripts/generate.mjs from the names of the folders here.
import { definition as envFileKind } from "./env-file/definition"
import { definition as httpKind } from "./http/definition"
import { definition as launchdarklyKind } from "./launchdarkly/definition"
import { definition as unleashKind } from "./unleash/definition"

export const flagDefinitions = {
  "env-file": envFileKind,
  http: httpKind,
  launchdarkly: launchdarklyKind,
  unleash: unleashKind,
} as const
