import type { CheckBinding } from "@/lib/playbook/sections/check-binding"
import { curlLine } from "./curl-line"
import { quote } from "./shell-quote"

export interface PlainCheck {
  itemKey: string
  /** Placeholders filled in. */
  binding: CheckBinding
}

type Settings = Record<string, unknown>

/**
 * The checks as a person would write them into a shell script, one after another: curl, grep, git, openssl and the commands
 * themselves, with a fresh clone for the commands. What a team has before it has a console.
 */
export function plainScript(checks: readonly PlainCheck[], source: { repository: string; ref: string }): string {
  return [
    "#!/usr/bin/env bash",
    "set -u",
    'work="$(mktemp -d)"',
    "trap 'rm -rf \"$work\"' EXIT",
    "failed=0",
    "check() {",
    '  local name="$1"; shift',
    '  rm -rf "$work/checkout"',
    `  git clone --quiet ${quote(source.repository)} "$work/checkout" && git -C "$work/checkout" checkout --quiet ${quote(source.ref)}`,
    '  if (cd "$work/checkout" && eval "$1") >"$work/out" 2>&1; then echo "ok $name"; else echo "FAILED $name"; cat "$work/out"; failed=1; fi',
    "}",
    ...checks.map(({ itemKey, binding }) => `check ${quote(itemKey)} ${quote(lineOf(binding))}`),
    "exit $failed",
    "",
  ].join("\n")
}

function lineOf({ kind, config }: CheckBinding): string {
  const write = Object.hasOwn(lines, kind) ? lines[kind] : undefined
  if (!write) throw new Error(`a plain script has no way to check "${kind}"`)
  return write(config)
}

const lines: Record<string, (config: Settings) => string> = {
  command: ({ command, env, directory, expect }) => {
    const out = (expect as { stdout?: { matches?: string; contains?: string | string[] } } | undefined)?.stdout
    const place = directory ? `cd ${quote(String(directory))} && ` : ""
    const contains = [out?.contains ?? []].flat().map((text) => `grep -qF -- ${quote(text)}`)
    const matches = out?.matches ? [`perl -0777 -ne ${quote(`exit !/${out.matches.replaceAll("/", "\\/")}/m`)}`] : []
    return kept(`${place}${envOf(env)}${words(command)}`, [...contains, ...matches])
  },
  "env-file": ({ file, required, equals, patterns }) =>
    [
      ...(required as string[]).map((name) => `grep -qE ${quote(`^${name}=.+`)} ${quote(String(file))}`),
      ...Object.entries((equals ?? {}) as Record<string, string>).map(
        ([name, value]) => `grep -qxF ${quote(`${name}=${value}`)} ${quote(String(file))}`,
      ),
      ...Object.entries((patterns ?? {}) as Record<string, string>).map(
        ([name, pattern]) => `sed -n ${quote(`s/^${name}=//p`)} ${quote(String(file))} | grep -qP -- ${quote(pattern)}`,
      ),
    ].join(" && "),
  git: ({ repository, ref }) => {
    const at = `git -C ${quote(String(repository))}`
    return [
      `test -z "$(${at} status --porcelain)"`,
      `${at} merge-base --is-ancestor ${quote(String(ref))} main`,
      `${at} branch -r --contains ${quote(String(ref))} | grep -q origin/`,
    ].join(" && ")
  },
  http: curlLine,
  tls: ({ host, address, port, expect }) => {
    const target = `-connect ${quote(`${address ?? host}:${port}`)} -servername ${quote(String(host))}`
    const minVersion = (expect as { minVersion?: string } | undefined)?.minVersion
    if (minVersion) {
      // A newer OpenSSL has the old protocols only at its lowest security level.
      const tries = ["-tls1", "-tls1_1"].map(
        (version) => `! openssl s_client ${target} ${version} -cipher DEFAULT@SECLEVEL=0 </dev/null >/dev/null 2>&1`,
      )
      return `${tries.join(" && ")} && openssl s_client ${target} -tls1_2 </dev/null >/dev/null 2>&1`
    }
    return `openssl s_client ${target} </dev/null 2>/dev/null | openssl x509 -noout -checkend 1209600`
  },
  "bundle-size": ({ files, exclude, build, total }) => {
    const built = build ? `${words(build)} >/dev/null && ` : ""
    const paths = [files].flat().map((pattern) => quote(`:(glob)${pattern}`))
    const without = [exclude ?? []].flat().map((pattern) => quote(`:(exclude,glob)${pattern}`))
    const found = `git ls-files -z --cached --others -- ${[...paths, ...without].join(" ")}`
    const add = "while IFS= read -r -d '' file; do bytes=$((bytes + $(gzip -9 -c \"$file\" | wc -c))); done"
    const most = /^(\d+)KB$/.exec(String(total))?.[1]
    if (!most) throw new Error("a plain script knows limits such as 500KB")
    return `${built}bytes=0 && ${add} < <(${found}) && test "$bytes" -gt 0 && test "$bytes" -le ${Number(most) * 1_024}`
  },
  // What everybody knows by heart; what is allowed by its fingerprint is none of these.
  "secrets-scan": ({ history }) => {
    const known = "(AKIA[0-9A-Z]{16}|ghp_[0-9A-Za-z]{36}|xox[abp]-[0-9A-Za-z-]{10}|BEGIN [A-Z ]*PRIVATE KEY)"
    const past = history ? ` && ! git log -p -n ${Number(history)} | grep -E ${quote(`^[+].*${known}`)}` : ""
    return `! git grep -nE ${quote(known)} -- .${past}`
  },
  "pii-scan": ({ command, files, env, patterns }) => {
    const own = ((patterns ?? []) as { pattern: string }[]).map(({ pattern }) => pattern)
    const known = ["[\\w.%+-]+@[\\w.-]+\\.[a-z]{2,}", ...own]
    const source = command ? `${envOf(env)}${words(command)}` : `cat ${[files].flat().map(String).join(" ")}`
    return kept(
      source,
      known.map((pattern) => `{ ! grep -P -- ${quote(pattern)}; }`),
    )
  },
}

/** The command must end well, and each of the tests must like what it wrote. */
function kept(command: string, tests: string[]): string {
  const each = tests.map((test) => `printf '%s\\n' "$out" | ${test}`)
  return [`out="$(${command} 2>&1)"`, ...each].join(" && ")
}

function envOf(env: unknown): string {
  const variables = Object.entries((env ?? {}) as Record<string, string>)
  return variables.length > 0 ? `env ${variables.map(([name, value]) => `${name}=${quote(value)}`).join(" ")} ` : ""
}

function words(command: unknown): string {
  return (command as string[]).map(quote).join(" ")
}
