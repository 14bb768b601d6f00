import type { Env } from "../options"

export interface CiJob {
  /** How the system is called. */
  source: string
  job: string | null
  /** The page of the job or run. */
  link: string | null
  facts: { label: string; value: string }[]
}

/** What a CI system says of the job that this runs in; null outside of one that is known. */
export function detectCi(env: Env): CiJob | null {
  if (env.GITHUB_ACTIONS === "true") return gitHub(env)
  if (env.GITLAB_CI === "true") return gitLab(env)
  return null
}

function gitHub(env: Env): CiJob {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env
  const attempt = env.GITHUB_RUN_ATTEMPT ? `/attempts/${env.GITHUB_RUN_ATTEMPT}` : ""
  const job = env.GITHUB_JOB ?? null
  return {
    source: "GitHub Actions",
    job,
    link: server && repository && run ? webLink(`${server}/${repository}/actions/runs/${run}${attempt}`) : null,
    facts: facts([
      ["Commit", env.GITHUB_SHA],
      ["Branch or tag", env.GITHUB_REF_NAME],
      ["Workflow", env.GITHUB_WORKFLOW],
      ["Job", job],
    ]),
  }
}

function gitLab(env: Env): CiJob {
  const job = env.CI_JOB_NAME ?? null
  return {
    source: "GitLab CI",
    job,
    link: webLink(env.CI_JOB_URL ?? env.CI_PIPELINE_URL ?? ""),
    facts: facts([
      ["Commit", env.CI_COMMIT_SHA],
      ["Branch or tag", env.CI_COMMIT_REF_NAME],
      ["Pipeline", env.CI_PIPELINE_ID],
      ["Job", job],
    ]),
  }
}

function facts(pairs: [string, string | null | undefined][]): CiJob["facts"] {
  return pairs.flatMap(([label, value]) => (value ? [{ label, value: value.slice(0, 1_000) }] : []))
}

/** Null for what people should not be sent to. */
export function webLink(text: string): string | null {
  if (!URL.canParse(text) || text.length > 2_000) return null
  return /^https?:$/.test(new URL(text).protocol) ? text : null
}
