/** JSON of any value; of one that has none, JSON all the same. */
export function textOf(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, one) => (typeof one === 'bigint' ? String(one) : one)) ?? ''
  } catch {
    return '{"json":null}'
  }
}
