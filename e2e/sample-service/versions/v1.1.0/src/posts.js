const PLANNED = [
  { id: "post-1", platform: "linkedin", title: "We are live", at: "2026-01-05T14:00:00.000Z" },
  { id: "post-2", platform: "instagram", title: "Behind the scenes", at: "2026-01-06T16:30:00.000Z" },
  { id: "post-3", platform: "tiktok", title: "Sixty seconds of POSTD", at: "2026-01-07T18:00:00.000Z" },
]

/** The planned posts, earliest first; of one platform if it is named. */
export function plannedPosts(platform) {
  return PLANNED.filter((post) => !platform || post.platform === platform)
}
