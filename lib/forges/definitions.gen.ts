// Written by scripts/generate.mjs from the names of the folders here.
import { definition as githubKind } from "./github/definition"
import { definition as gitlabKind } from "./gitlab/definition"

export const forgeDefinitions = {
  github: githubKind,
  gitlab: gitlabKind,
} as const
