import { type UseMutationResult, useMutation } from "@tanstack/react-query"
import { ApiProblem } from "./api"

/** A write outside a release, with its refusal where the button is. */
export function useWrite<A, V = void>(
  act: (input: V) => Promise<A>,
  onDone: (answer: A, input: V) => unknown = () => undefined,
): UseMutationResult<A, Error, V> & { problem: ApiProblem | null } {
  const mutation = useMutation<A, Error, V>({ mutationFn: act, retry: false, networkMode: "always", onSuccess: onDone })
  const { error } = mutation
  const problem =
    error === null || error instanceof ApiProblem ? error : new ApiProblem(0, "failed", error.message, {}, {})
  return { ...mutation, problem }
}
