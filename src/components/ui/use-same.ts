import { useState } from 'react'

/** The first of values that say the same: an object made anew by each render stays itself while nothing in it has changed. */
export function useSame<Value>(value: Value): Value {
  const [kept, keep] = useState(value)
  if (kept === value || JSON.stringify(kept) === JSON.stringify(value)) return kept
  keep(value)
  return value
}
