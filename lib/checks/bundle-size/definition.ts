import { z } from "zod"
import { short } from "../answer"
import { commandEnvironment, commandLine, pathInside, sayCommand } from "../command-line"
import type { CheckDefinition } from "../contract"
import { checkDuration } from "../duration"
import { filePatterns } from "../file-pattern"
import { checkSize } from "../size"

export const bundleSizeConfigSchema = z
  .strictObject({
    files: filePatterns.describe("The files that count: paths inside the checkout, with `*`, `**` and `{a,b}`."),
    exclude: filePatterns.optional().describe("Files among them that do not count, such as `**/*.map`."),
    compression: z
      .enum(["gzip", "brotli", "none"])
      .default("gzip")
      .describe("How files are packed before they are measured, each by itself and as small as it gets."),
    total: checkSize.optional().describe("All files together may have this size at most. 1 KB is 1,024 bytes."),
    each: checkSize.optional().describe("Every file may have this size at most. 1 KB is 1,024 bytes."),
    build: commandLine
      .optional()
      .describe("Program and arguments that make the files, run first; no shell reads them."),
    directory: pathInside
      .optional()
      .describe("A folder of the checkout in which the build runs and files are looked for."),
    env: commandEnvironment.optional(),
    timeout: checkDuration.optional().describe("The build is ended after this long. Default 10m."),
    inactivityTimeout: checkDuration.optional().describe("The build is ended after this long without output."),
  })
  .refine(({ total, each }) => total !== undefined || each !== undefined, "must have a limit: `total`, `each` or both")
export type BundleSizeConfig = z.infer<typeof bundleSizeConfigSchema>

export const definition: CheckDefinition<BundleSizeConfig> = {
  kind: "bundle-size",
  title: "Bundle size",
  summary: "Measures files of what is released, packed as a browser gets them, against a limit; builds them if asked.",
  configSchema: bundleSizeConfigSchema,
  describe: ({ files, exclude, compression, total, each, build, directory }) => [
    ...(build ? [`runs ${short(sayCommand(build), 200)}, which must end with exit code 0`] : []),
    `measures ${short(files.join(", "), 120)}${directory ? ` in ${short(directory, 60)}` : ""}${
      exclude ? ` without ${short(exclude.join(", "), 80)}` : ""
    }${compression === "none" ? "" : `, packed with ${compression}`}`,
    ...(total ? [`together they have ${total} at most`] : []),
    ...(each ? [`every file has ${each} at most`] : []),
  ],
  repeatable: true,
  provedBy: "machine",
  limits: { timeoutMs: 10 * 60_000, longestTimeoutMs: 60 * 60_000 },
  examples: [
    {
      title: "The bundle has less than 500 KB gzipped",
      config: {
        build: ["npm", "run", "build"],
        files: ["dist/**/*.{js,css}"],
        exclude: ["**/*.map"],
        compression: "gzip",
        total: "500KB",
        each: "200KB",
        timeout: "10m",
      },
    },
    { title: "What browsers load is small", config: { files: ["public/**"], compression: "brotli", total: "500KB" } },
  ],
}
