import type { Refusal } from "@/lib/domain/release/decision"

const MIN_LENGTH = 12
const MAX_LENGTH = 256
/** Of 0 to 4: 3 takes more than 10^8 guesses. */
const MIN_SCORE = 3

/**
 * Why a password cannot be taken; null: it can. `known` are words that a guesser would try first: name, e-mail address, service.
 * Existing passwords are never judged by it.
 */
export async function passwordRefusal(
  password: string,
  known: readonly string[],
  field = "password",
): Promise<Refusal | null> {
  const length = [...password].length
  if (length < MIN_LENGTH) return { code: "invalid", message: `Must have at least ${MIN_LENGTH} characters.`, field }
  if (password.length > MAX_LENGTH) {
    return { code: "invalid", message: `Must have at most ${MAX_LENGTH} characters.`, field }
  }
  const estimator = await guesser()
  const words = known
    .flatMap((text) => {
      const parts = text.split(/[^\p{L}\p{N}]+/u)
      return [text, parts.join(""), ...parts]
    })
    .filter((word) => word.length > 2)
  const { score } = await estimator.checkAsync(password, [...words, "golive", "postd"])
  if (score >= MIN_SCORE) return null
  return { code: "invalid", message: "It is too easy to guess. Several uncommon words make a good one.", field }
}

type Guesser = InstanceType<typeof import("@zxcvbn-ts/core").ZxcvbnFactory>
let loading: Promise<Guesser> | undefined

/** The dictionaries are megabytes: loaded when the first password is set. */
function guesser(): Promise<Guesser> {
  loading ??= Promise.all([import("@zxcvbn-ts/core"), import("@zxcvbn-ts/language-common")]).then(
    ([{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }]) =>
      new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs }),
  )
  return loading
}
