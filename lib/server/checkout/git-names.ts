import { isAbsolute } from "node:path"

const COMMIT = /^[0-9a-f]{40}([0-9a-f]{24})?$/
/** What git itself takes for a name, without what means something else in a refspec or to a shell. */
const REF = /^(?!-)(?!.*\.\.)(?!.*\.lock$)[\p{L}\p{N}_./@#+=%-]{1,500}$/u

export function isCommit(text: string): boolean {
  return COMMIT.test(text)
}

/** Throws an Error in words: git takes what begins with a dash for an option, and a colon for a refspec. */
export function assertRef(ref: string): void {
  if (!REF.test(ref) || ref.startsWith("+"))
    throw new Error(`"${ref.slice(0, 100)}" is no name of a branch, tag or commit`)
}

export function assertRepository(repository: string): void {
  if (repository === "" || repository.startsWith("-") || /[\0\r\n]/.test(repository)) {
    throw new Error(`"${repository.slice(0, 100)}" is no repository`)
  }
}

/** A folder on this machine; everything else is reached over the network. */
export function isLocalRepository(repository: string): boolean {
  return isAbsolute(repository)
}
