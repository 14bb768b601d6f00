import assert from "node:assert/strict"
import { test } from "node:test"
import { plannedPosts } from "../src/posts.js"

test("posts are listed earliest first", () => {
  const times = plannedPosts(null).map((post) => post.at)
  assert.deepEqual(times, times.toSorted())
})

test("posts of one platform", () => {
  assert.deepEqual(
    plannedPosts("tiktok").map((post) => post.id),
    ["post-3"],
  )
})
