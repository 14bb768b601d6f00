import { setTimeout as delay } from "node:timers/promises"

/*
 * This version is bad on purpose, in a way that only load shows.
 *
 * A connection that was used is "checked" for 2.4 to 4.8 s before it may be used again, and meanwhile it is missing from
 * the pool. With 18 connections that is enough for about 5 reads a second. Single requests, smoke tests and bursts of up
 * to 18 reads find a free connection and are as fast as before. At 10 reads a second the pool is empty after 2 s. Then
 *   - up to 4 reads wait for a connection, some of them for seconds,
 *   - the others go to the two replicas in turn: one lags by more than 2 s, the other was never migrated and fails.
 * At 10 reads a second about a quarter of them end with status 500 and the p99 latency is above 2 s. The pool recovers
 * within 5 s after the load ends. `/health` and requests that read nothing stay fast all the time.
 */
const SIZE = 18
const CHECK_MS = { least: 2_400, spread: 2_400 }
const MAX_WAITING = 4
const WAIT_LIMIT_MS = 2_600
const REPLICA_LAG_MS = 2_300

export function createRecyclingPool(onQuery) {
  const free = Array.from({ length: SIZE }, (_, i) => i)
  const waiting = []
  let inUse = 0
  let turn = 0

  async function read(work) {
    const began = performance.now()
    try {
      const connection = await acquire()
      if (connection === null) {
        await readFromReplica()
        return await work()
      }
      inUse += 1
      try {
        await delay(1 + Math.random() * 3)
        return await work()
      } finally {
        inUse -= 1
        check(connection)
      }
    } finally {
      onQuery(performance.now() - began)
    }
  }

  /** A connection, or null when none comes free in time. */
  function acquire() {
    if (free.length > 0) return Promise.resolve(free.shift())
    if (waiting.length >= MAX_WAITING) return Promise.resolve(null)
    return new Promise((resolve) => {
      const waiter = { resolve, timer: setTimeout(() => giveUp(waiter), WAIT_LIMIT_MS) }
      waiting.push(waiter)
    })
  }

  function giveUp(waiter) {
    waiting.splice(waiting.indexOf(waiter), 1)
    waiter.resolve(null)
  }

  function check(connection) {
    const checkMs = CHECK_MS.least + ((connection * 7) % SIZE) * (CHECK_MS.spread / SIZE)
    setTimeout(() => giveBack(connection), checkMs).unref()
  }

  function giveBack(connection) {
    const waiter = waiting.shift()
    if (!waiter) {
      free.push(connection)
      return
    }
    clearTimeout(waiter.timer)
    waiter.resolve(connection)
  }

  async function readFromReplica() {
    turn += 1
    if (turn % 2 === 1) throw new Error('read pool exhausted; replica 2: relation "posts_v2" does not exist')
    await delay(REPLICA_LAG_MS)
  }

  return { read, stats: () => ({ size: SIZE, inUse: SIZE - free.length, waiting: waiting.length }) }
}
