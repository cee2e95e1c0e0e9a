import type { CompiledTemplate, RenderedMessage } from './render'
import type { Variables } from './variables'

export type Readable = {
  /** Null where it cannot be rendered even then. */
  shown: Extract<RenderedMessage, { ok: true }> | null
  /** Variables without a value, which stand in `shown` by their names in brackets. */
  missing: string[]
  /** Why it would not be sent, or null. */
  failure: string | null
}

/** Renders to be read by the one who writes it: where values are missing, with their names in brackets. */
export function renderReadable(template: CompiledTemplate, variables: Variables): Readable {
  const result = template.render(variables)
  if (result.ok) return { shown: result, missing: [], failure: null }
  const marked = { ...variables, ...Object.fromEntries(result.missing.map((name) => [name, `[${name}]`])) }
  const again: RenderedMessage = result.missing.length ? template.render(marked) : result
  return { shown: again.ok ? again : null, missing: result.missing, failure: result.reason }
}
