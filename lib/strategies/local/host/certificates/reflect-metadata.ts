/**
 * The three calls that @peculiar/x509's container makes of the metadata proposal. It refuses to load without them, and
 * asks for them as it loads: import this file first.
 */
const known = new WeakMap<object, Map<unknown, unknown>>()

function getOwnMetadata(key: unknown, target: object): unknown {
  return known.get(target)?.get(key)
}

function getMetadata(key: unknown, target: object): unknown {
  for (let at: object | null = target; at; at = Object.getPrototypeOf(at)) {
    if (known.get(at)?.has(key)) return getOwnMetadata(key, at)
  }
  return undefined
}

function defineMetadata(key: unknown, value: unknown, target: object): void {
  known.set(target, (known.get(target) ?? new Map<unknown, unknown>()).set(key, value))
}

if (!("getMetadata" in Reflect)) Object.assign(Reflect, { getMetadata, getOwnMetadata, defineMetadata })

export {}
