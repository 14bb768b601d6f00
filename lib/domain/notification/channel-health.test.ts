import { expect, test } from "vitest"
import { type ChannelRecord, channelHealth } from "./channel-health"

const untouched: ChannelRecord = {
  ...{ enabled: true, waiting: 0, retrying: 0, lastDeliveredAt: null, lastGivenUpAt: null },
}
const early = "2026-11-29T10:00:00.000Z"
const late = "2026-11-29T11:00:00.000Z"

test.each<[Partial<ChannelRecord>, string]>([
  [{}, "unused"],
  [{ waiting: 2 }, "waiting"],
  [{ lastDeliveredAt: early }, "working"],
  [{ lastDeliveredAt: early, waiting: 1 }, "working"],
  [{ lastDeliveredAt: late, lastGivenUpAt: early }, "working"],
  [{ lastDeliveredAt: early, lastGivenUpAt: late }, "failing"],
  [{ lastGivenUpAt: early }, "failing"],
  [{ lastDeliveredAt: late, retrying: 1 }, "retrying"],
  [{ lastGivenUpAt: early, retrying: 1 }, "retrying"],
  [{ enabled: false, lastGivenUpAt: early, retrying: 1 }, "off"],
])("%j: %s", (record, health) => {
  expect(channelHealth({ ...untouched, ...record })).toBe(health)
})
