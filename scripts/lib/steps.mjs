/**
 * Runs one step and prints a line for it when it is done.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now()
  try {
    const answer = await work()
    console.log(`  ✓ ${title.padEnd(34)} ${seconds(performance.now() - started)}`)
    return answer
  } catch (error) {
    console.log(`  ✗ ${title}`)
    throw error
  }
}

export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`
}
