import type { Context, Value } from 'liquidjs'
import { shownWebsite } from '../lead/website'
import { namesInValue } from './names'

/** Where an output stands: among words, as the whole address of a link, or behind a scheme that the template wrote. */
export type Place = 'words' | 'link' | 'behind_scheme'

const SCHEME = /https?:\/\/$/i
const LINK = /\b(?:href|src|action|cite)\s*=\s*["']?$/i

/** The place of what follows this text of a template. */
export function placeAfter(kind: 'plain' | 'html', before: string): Place {
  if (SCHEME.test(before)) return 'behind_scheme'
  return kind === 'html' && LINK.test(before) ? 'link' : 'words'
}

/**
 * Makes a website what its place asks for: a link that works, words that read well, and never a second scheme. Any value
 * that brings its scheme loses it behind another.
 */
export function fitWebsite(value: Value, place: Place): void {
  const readsWebsite = namesInValue(value).includes('website')
  if (!readsWebsite && place !== 'behind_scheme') return
  const evaluate = value.value.bind(value)
  value.value = function* (ctx: Context, lenient?: boolean): Generator<unknown, unknown, unknown> {
    const stored = readsWebsite && place === 'words' ? websiteIn(ctx) : null
    if (stored !== null) ctx.push({ website: shownWebsite(stored) })
    try {
      const result = yield evaluate(ctx, lenient)
      return place === 'behind_scheme' && typeof result === 'string' ? withoutScheme(result) : result
    } finally {
      if (stored !== null) ctx.pop()
    }
  }
}

/** A text as it stands behind a scheme that the template wrote. */
export const withoutScheme = (text: string) => text.replace(/^https?:\/\//i, '')

/** The value that `fitWebsite` lets an expression read. */
export const readAt = (place: Place, name: string, value: string) =>
  name === 'website' && place === 'words' ? shownWebsite(value) : value

/** The lead's own website; null where the template has made a variable of that name. */
function websiteIn(ctx: Context): string | null {
  if (Object.hasOwn(ctx.bottom(), 'website')) return null
  const { website } = ctx.environments as { website?: unknown }
  return typeof website === 'string' ? website : null
}
