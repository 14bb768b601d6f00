import { expect, test } from "vitest"
import { closeInOrder } from "./close-in-order"

test("it closes in order, once, and goes on past what fails", async () => {
  const closed: string[] = []
  const close = closeInOrder(
    [
      { name: "a", close: async () => closed.push("a") },
      { name: "b", close: () => Promise.reject(new Error("b does not close")) },
      { name: "c", close: async () => closed.push("c") },
    ],
    1_000,
  )
  const [first, second] = await Promise.all([close(), close()])
  expect([first, second]).toEqual([1, 1])
  expect(closed).toEqual(["a", "c"])
})

test("past the deadline it answers without waiting any longer", async () => {
  const began = performance.now()
  const code = await closeInOrder([{ name: "never", close: () => new Promise(() => {}) }], 50)()
  expect(code).toBe(1)
  expect(performance.now() - began).toBeLessThan(1_000)
})
