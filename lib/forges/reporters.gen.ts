// Written by scripts/generate.mjs from the names of the folders here.
import { createReporter as githubKind } from "./github/report"
import { createReporter as gitlabKind } from "./gitlab/report"

export const forgeReporters = {
  github: githubKind,
  gitlab: gitlabKind,
} as const
