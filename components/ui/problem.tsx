import type { ApiProblem } from "@/lib/client/api"
import { Notice } from "./notice"

/** The server's refusal, where the button is. */
export function Problem({ problem, className }: { problem: ApiProblem | null; className?: string }) {
  if (!problem) return null
  const fields = Object.entries(problem.fields).filter(([, words]) => !problem.message.includes(words))
  return (
    <Notice tone="fail" live className={className}>
      {problem.message}
      {fields.length > 0 ? (
        <ul className="mt-1 text-ink-2 text-xs">
          {fields.map(([field, words]) => (
            <li key={field}>{field ? `${field}: ${words}` : words}</li>
          ))}
        </ul>
      ) : null}
    </Notice>
  )
}
