/** The record's own value. Keys come from requests: `constructor` must not find what every object inherits. */
export function own<T>(record: { readonly [key: string]: T | undefined }, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
