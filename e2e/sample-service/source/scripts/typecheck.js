import { checkSyntax } from "./check-syntax.js"
import { sourceFiles } from "./source-files.js"

const files = sourceFiles("src", "scripts", "test")
const failed = checkSyntax(files)
process.stdout.write(`${files.length} files checked, ${failed} errors\n`)
process.exitCode = failed > 0 ? 1 : 0
