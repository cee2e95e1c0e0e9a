import { readsOf } from './reads'
import type { CompiledTemplate } from './render'
import { isFallback, type Variables } from './variables'

/** Whether an email can be made; as `RenderedMessage` says it, without the email. */
export type Verdict = { ok: true } | { ok: false; missing: readonly string[]; reason: string }

export type Judge = {
  /** Variables that decide something; others make no difference. */
  reads: ReadonlySet<string>
  of(values: Variables): Verdict
}

/** Verdicts that are kept, so that memory stays flat where every lead is unlike all others. */
const KEPT_LIMIT = 10_000

// Characters that all values of a placeholder have together, beyond its own, before a limit could be near.
const LONG = 7_000

/**
 * Makes the judge of one template: whether an email with these values can be made. Renders, but once only for all leads that
 * are alike in what the template reads.
 */
export function createJudge({ parsed, render }: CompiledTemplate): Judge {
  const reads = Object.values(parsed)
    .filter((part) => part !== null)
    .map(readsOf)
  const byValue = new Set(reads.flatMap(({ value }) => [...value]))
  const byPresence = [...new Set(reads.flatMap(({ presence }) => [...presence]))].filter((name) => !byValue.has(name))
  const longest = LONG / (1 + Math.max(...reads.map(({ steps }) => steps)))
  const kept = new Map<string, Verdict>()

  const keyOf = (values: Variables) => {
    let key = ''
    for (const name of byPresence) key += presenceOf(values, name)
    for (const name of byValue) key += `\n${ownValue(values, name) ?? ''}`
    return key
  }
  // Two values may be as alike as can be, and one of them too long.
  const isLong = (values: Variables) => byPresence.some((name) => (ownValue(values, name)?.length ?? 0) > longest)

  const judge = (values: Variables): Verdict => {
    const rendered = render(values)
    return rendered.ok ? { ok: true } : { ok: false, missing: rendered.missing, reason: rendered.reason }
  }

  return {
    reads: new Set([...byPresence, ...byValue]),
    of(values) {
      if (isLong(values)) return judge(values)
      const key = keyOf(values)
      const known = kept.get(key)
      if (known) return known
      const verdict = judge(values)
      if (kept.size < KEPT_LIMIT) kept.set(key, verdict)
      return verdict
    },
  }
}

const ownValue = (values: Variables, name: string) => (Object.hasOwn(values, name) ? values[name] : undefined)

/** A value, what only falls back (which is none to the template's own words), or nothing. */
function presenceOf(values: Variables, name: string): string {
  const value = ownValue(values, name)
  if (value === undefined) return '-'
  return isFallback(name, value) ? 'f' : 'v'
}
