import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"

/** Schemas are made at the top of modules whose other parts the client uses: unused, they may be left out, and Zod with them. */
const unusedSchemas = {
  name: "unused-schemas",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /[\\/]lib[\\/](domain|contracts)[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/= z\s*\./g, "= /* @__PURE__ */ z."),
      loader: "ts",
    }))
  },
}

/**
 * Bundles the command-line client into one file without dependencies. The same sources give the same bytes.
 * @param {string} root
 * @param {string} [outfile] `public/golive.mjs`, where the console gives it to its pipelines
 * @returns {Promise<{ path: string, bytes: number }>}
 */
export async function bundleCli(root, outfile = join(root, "public/golive.mjs")) {
  const { build } = await import("esbuild")
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["lib/cli/start.ts"],
    outfile,
    write: false,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    charset: "utf8",
    legalComments: "inline",
    logLevel: "silent",
    banner: { js: "#!/usr/bin/env node" },
    plugins: [unusedSchemas],
  })
  const [file] = outputFiles
  await mkdir(dirname(outfile), { recursive: true })
  // Whoever reads it meanwhile gets the old one or the new one, whole.
  const beside = `${outfile}.${process.pid}.tmp`
  await writeFile(beside, file.contents, { mode: 0o755 })
  await rename(beside, outfile)
  return { path: outfile, bytes: file.contents.length }
}
