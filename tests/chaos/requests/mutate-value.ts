import type { Random } from '../support/random'
import { oddString, oddValue } from './odd-values'

/** A value with one to four things wrong; the same for the same choices. */
export function mutatedValue(value: unknown, random: Random): unknown {
  let changed = value
  for (let n = random.int(1, 4); n > 0; n--) changed = mutatedSomewhere(changed, random)
  return changed
}

/** Goes down a random way and changes what is there. */
function mutatedSomewhere(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0 || random.int(0, 2) === 0) return mutatedArray(value, random)
    const at = random.int(0, value.length - 1)
    return value.with(at, mutatedSomewhere(value[at], random))
  }
  if (isPlain(value)) {
    const keys = Object.keys(value)
    if (keys.length === 0 || random.int(0, 3) === 0) return mutatedObject(value, random)
    const key = random.pick(keys)
    return { ...value, [key]: mutatedSomewhere(value[key], random) }
  }
  if (typeof value === 'string' && random.int(0, 1) === 0) return mutatedString(value, random)
  if (typeof value === 'number' && random.int(0, 1) === 0) {
    return random.pick([
      value + 1,
      value - 1,
      -value,
      value * 1e9,
      value + 0.5,
      String(value),
      [value],
      BigInt(Number.isFinite(value) ? Math.trunc(value) : 0),
    ])
  }
  return oddValue(random)
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

function mutatedArray(items: readonly unknown[], random: Random): unknown {
  const one = random.int(0, Math.max(0, items.length - 1))
  switch (random.int(0, 5)) {
    case 0:
      return items.toSpliced(one, 1)
    case 1:
      return [...items, oddValue(random)]
    case 2:
      return Array.from({ length: random.pick([21, 201, 5_000]) }, () => items[one])
    case 3:
      return items.toReversed()
    case 4:
      return items[one]
    default:
      return Object.assign({}, items)
  }
}

function mutatedObject(value: Record<string, unknown>, random: Random): unknown {
  const keys = Object.keys(value)
  const key = keys.length > 0 ? random.pick(keys) : 'id'
  const { [key]: moved, ...rest } = value
  switch (random.int(0, 6)) {
    case 0:
      return rest
    case 1:
      return { ...rest, [key.toUpperCase()]: moved }
    case 2:
      return { ...value, [oddString(random).slice(0, 300)]: oddValue(random) }
    case 3:
      return { ...value, [key]: value }
    case 4:
      return [value]
    case 5:
      return Object.fromEntries(keys.map((name, n) => [name, value[keys[(n + 1) % keys.length] ?? name]]))
    default:
      return oddValue(random)
  }
}

function mutatedString(text: string, random: Random): string {
  const at = random.int(0, text.length)
  switch (random.int(0, 5)) {
    case 0:
      return text.slice(0, at) + oddString(random) + text.slice(at)
    case 1:
      return text.slice(0, at) + String.fromCharCode(random.int(0, 65_535)) + text.slice(at + 1)
    case 2:
      return text.repeat(random.int(2, 1_000)).slice(0, 300_000)
    case 3:
      return text.slice(at)
    case 4:
      return ` ${text}\n`
    default:
      return text.toUpperCase()
  }
}
