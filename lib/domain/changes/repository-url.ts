const HOSTED = /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/(?:[^@/]*@)?|[\w.-]+@)([\w.-]+)(?::\d+)?[:/](.+?)(?:\.git)?\/?$/

/**
 * Where commits can be read in a browser: for GitHub and GitLab, also when hosted by oneself under such a name. Null for
 * everything else. Nothing that signs in is taken over from the repository's address.
 */
export function repositoryUrl(repository: string) {
  const [, host, path] = HOSTED.exec(repository) ?? []
  if (!host || !path || path.split("/").length < 2) return null
  const kind = /(^|\.)github\./i.test(`${host}.`) ? "github" : /(^|\.)gitlab\./i.test(`${host}.`) ? "gitlab" : null
  if (!kind) return null
  const base = `https://${host}/${path}${kind === "gitlab" ? "/-" : ""}`
  return {
    commit: (hash: string) => `${base}/commit/${hash}`,
    compare: (from: string, to: string) => `${base}/compare/${from}...${to}`,
  }
}
