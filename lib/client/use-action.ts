"use client"
import { type UseMutationResult, useMutation } from "@tanstack/react-query"
import { ApiProblem } from "./api"
import { useRefreshUnlessLive } from "./release-context"

/** A write with its refusal: shown where the button is. Without a live stream the page reads the snapshot after it. */
export function useAction<V = void>(
  act: (input: V) => Promise<unknown>,
  options: { onDone?(input: V): void } = {},
): UseMutationResult<unknown, Error, V> & { problem: ApiProblem | null } {
  const refresh = useRefreshUnlessLive()
  const mutation = useMutation<unknown, Error, V>({
    mutationFn: act,
    retry: false,
    networkMode: "always",
    onSuccess: (_answer, input) => options.onDone?.(input),
    onSettled: refresh,
  })
  const { error } = mutation
  const problem =
    error === null || error instanceof ApiProblem ? error : new ApiProblem(0, "failed", error.message, {}, {})
  return { ...mutation, problem }
}
