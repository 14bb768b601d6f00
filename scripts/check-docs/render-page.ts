import { stringify } from "yaml"
import { z } from "zod"
import type { CheckDefinition } from "../../lib/checks/contract"
import { sayDuration } from "../../lib/checks/duration"
import { type Field, listFields } from "./list-fields"

/** A kind and what is written beside its definition about reading its results. */
export interface Kind {
  definition: CheckDefinition
  reading: string
}

const HEAD = `# Kinds of checks

A check looks at one thing and says whether it is as expected. In a playbook it stands at a checklist item, as \`check\`, or at a
step of the deploy with \`run: { type: check }\`. It ends **passed**, **failed** (what was expected is not so) or **errored** (nobody
knows: it could not be looked at). Only passed proves an item.

This page is written from the definitions of the kinds in \`lib/checks\`: change those and run
\`node --import tsx scripts/check-docs.ts\`.

## What all of them have in common

- **Placeholders.** Every text may hold \`{{env.baseUrl}}\`, \`{{env.repository}}\`, \`{{env.vars.NAME}}\`, \`{{secret.NAME}}\`,
  \`{{release.ref}}\`, \`{{release.version}}\`, \`{{release.commit}}\`, \`{{run.directory}}\` (a fresh checkout of what is released) and
  \`{{capture.name}}\` (a value that an earlier \`http\` check has captured). Secrets are redacted from everything that is kept.
- **Unknown fields are refused**, so that a typing error is not taken for a wish.
- **duration**: \`500ms\`, \`30s\`, \`2m\`, \`1h\`. **size**: \`500KB\`, \`1.5MB\`; 1 KB is 1,024 bytes. **comparison**: \`"< 2000"\`, \`">= 1"\`,
  of sizes \`"< 500KB"\`. Patterns are regular expressions of JavaScript, and are stopped where they take too long.
- **Fields** are named with dots: \`expect.status\`. \`keys[].key\` is a field of each entry of a list, \`info.<name>.below\` one of
  each entry of a map whose names you choose. A nested field that is **required** must be there wherever the field that holds
  it is written.
`

/** The page as it is kept: one section a kind, by name. */
export function renderPage(kinds: readonly Kind[]): string {
  const sorted = kinds.toSorted((a, b) => (a.definition.kind < b.definition.kind ? -1 : 1))
  const links = sorted.map(({ definition: { kind, summary } }) => `- [\`${kind}\`](#${kind}): ${summary}`)
  return [HEAD, "## The kinds\n", `${links.join("\n")}\n`, ...sorted.map(renderKind)].join("\n")
}

function renderKind({ definition, reading }: Kind): string {
  const { kind, title, summary, configSchema, limits, repeatable, provedBy, examples } = definition
  const proved = {
    machine: "Proved by the console itself.",
    person: "Proved by a person who says so.",
    push: "Proved by another system that sends its result.",
  }[provedBy]
  const again = repeatable
    ? "May run again at any time."
    : "Is not run again by itself: a second run changes something."
  const usual = sayDuration(limits.timeoutMs)
  const longest = sayDuration(limits.longestTimeoutMs)
  const time =
    provedBy !== "machine"
      ? ""
      : ` Takes ${usual} at most where its config says nothing, and never more than ${longest}.`
  const fields = listFields(z.toJSONSchema(configSchema, { io: "input" }) as Parameters<typeof listFields>[0])
  const shown = examples.map(({ title: name, config }) => {
    const yaml = stringify({ check: { kind, config } }, { lineWidth: 100 })
    const words = definition.describe(configSchema.parse(config)).map((sentence) => `- ${plain(sentence)}`)
    return `#### ${name}\n\n\`\`\`yaml\n${yaml}\`\`\`\n\nIn words:\n\n${words.join("\n")}\n`
  })
  return [
    `## ${kind}\n`,
    `**${title}.** ${summary}\n`,
    `${reading.trim()}\n`,
    `${proved} ${again}${time}\n`,
    "### Fields\n",
    "| Field | Type | Default | What it says |\n| --- | --- | --- | --- |",
    ...fields.map(row),
    "\n### Examples\n",
    shown.join("\n"),
  ].join("\n")
}

function row({ name, type, preset, required, description }: Field): string {
  const words = { always: "required", form: "required in this form", no: "" }[required]
  const standard = preset === null ? words : `\`${preset}\``
  return `| ${[`\`${name}\``, type, standard, description].map(cell).join(" | ")} |`
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ")
}

/** What is no markup stays none. */
function plain(text: string): string {
  return text.replace(/[\\`*_<>[\]]/g, "\\$&")
}
